"""The conversation both bots are led through: a label a step, and how many buttons its question has."""

STEPS = (
    ("📝 Lapor", 4),
    ("✅ Setuju, lanjut", 5),
    ("🏠 Tetangga / orang lain", 6),
    ("👵 Lansia tidak terurus", 12),
    ("✅ Tidak ada", 9),
    ("🗂️ Pilih dari daftar", 5),
    ("Kab. Malang", 33),
    ("Kec. Singosari", 34),
    ("❓ Tidak tahu", 20),
    ("⏭️ Lewati", 3),
    ("☀️ Hari ini", 7),
    ("⏭️ Lewati", 3),
    ("⏭️ Tanpa foto", 3),
    ("🤫 Tidak usah menelepon", 4),
    ("📨 Kirim laporan", 5),
)
WORKER = 9_000_000_001
UPDATES = len(STEPS) + 1
