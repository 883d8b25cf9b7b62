### Bahasa Indonesia: the original. Rules for adding a text are in docs/texts.md.

nama-bahasa = 🇮🇩 Bahasa Indonesia
pilih_bahasa = Bahasa apa yang Bapak/Ibu pilih?

## Lobby

mulai = Selamat datang, Bapak/Ibu. Di sini tempat melaporkan orang yang perlu ditolong: sakit jiwa, lansia, anak, atau terlantar. Gratis.
sapa = Kami siap menerima laporan, Bapak/Ibu. Silakan tekan Lapor, atau langsung rekam suara.
bantuan = Tekan Lapor, lalu jawab satu per satu. Petugas sosial membacanya. Kalau berbahaya, telepon 110 atau 119 dulu.
media_awal = Sudah kami terima. Mau dipakai untuk melapor?
tertunda = Laporan Bapak/Ibu belum terkirim. Mau dilanjutkan?
dibatalkan = Baik, dibatalkan. Tidak ada yang kami kirim. Kapan saja Bapak/Ibu boleh melapor lagi.
selesai_baik = Terima kasih, Bapak/Ibu. Kapan saja boleh kembali ke sini.
baik = Baik, Bapak/Ibu.
tak_paham = Mohon maaf, kami belum paham. Silakan tekan salah satu tombol, atau rekam suara.
edit_tak_terbaca = Pesan yang diubah tidak terbaca di sini. Mohon kirim lagi sebagai pesan baru, atau tekan Kembali.
gagal_dibaca = Mohon maaf, pesan tadi gagal kami baca. Silakan kirim lagi dengan kata lain. Kalau berbahaya, telepon 110 atau 119.
tombol_lama = Tombol itu sudah tidak berlaku. Silakan pakai tombol yang terbaru.
sudah_dijawab = Sudah kami catat, Bapak/Ibu.
sudah_ikut = Sudah kami terima, ikut dalam laporan ini.
pertanyaan_pertama = Ini pertanyaan pertama, Bapak/Ibu.
belum_ada_laporan = Belum ada laporan dari Bapak/Ibu.
nomor_tak_dikenal = Nomor itu tidak ada di antara laporan Bapak/Ibu. Mohon diperiksa lagi.
laporan_saya = Laporan Bapak/Ibu:
laporan_baris = { $nomor }: { $status }
lihat = Laporan { $nomor }: { $status }.
lihat_janji = Kabar berikutnya paling lambat { $hari } pukul { $jam }.

kata-ya = ya, iya, iyo, inggih, nggih, oke, ok, setuju, boleh, benar
kata-tidak = tidak, tdk, ndak, gak, nggak, enggak, mboten, jangan

b-lapor = 📝 Lapor
b-lapor-lain = 📝 Lapor lagi
b-bahaya = 🚨 Ada bahaya sekarang
b-laporan-saya = 🔎 Laporan saya
b-lihat-laporan = 🔎 Lihat laporan
b-bahasa = 🌐 Bahasa / Language
b-tugas = 📋 Tugas saya
b-selesai = 🏁 Selesai
b-cukup = 🏁 Cukup
b-ya-lapor = 📝 Ya, lapor
b-hapus = 🗑️ Hapus
b-buang = 🗑️ Buang
b-lanjutkan = ▶️ Lanjutkan
b-lanjut = 📝 Lanjut melapor
b-kembali = ⬅️ Kembali
b-batal = 🗑️ Batal
b-lewati = ⏭️ Lewati
b-tidak-tahu = ❓ Tidak tahu
b-tidak-ada = ✅ Tidak ada
b-tidak = ❌ Tidak
b-kosong = (kosong)
b-salin-nomor = 📋 Salin nomor

## Danger

gawat = Bot ini tidak memanggil polisi atau ambulans. Mohon telepon sekarang: { $telepon }. Menjauh dulu, jangan mendekat. Sesudah aman, lapor di sini.
gawat_sudah = Terima kasih, Bapak/Ibu. Tetap di tempat aman. Mohon lanjut melapor supaya petugas sosial ikut menangani.
gawat_takbisa = Mohon minta Pak RT, tetangga, atau balai desa menelepon. Kami catat bahwa polisi belum dihubungi. Mohon lanjut melapor.
gawat_meninggal = Kami turut berduka. Mohon jangan dipindahkan. Hubungi polisi 110 dan Pak RT dulu. Apakah ada keluarga yang perlu ditolong?
telepon-112 = 112
telepon-umum = 110 (polisi) atau 119 (ambulans)
b-sudah-telepon = ✅ Sudah telepon
b-tidak-bisa-telepon = 📵 Tidak bisa telepon

## Report: the questions

setuju = Laporan dibaca petugas sosial untuk menolong. Nama Bapak/Ibu tidak kami beritahukan kepada yang dilaporkan maupun keluarganya. Apakah Bapak/Ibu setuju?
setuju_lengkap = Kami menyimpan isi laporan, lokasi, foto, suara, dan akun Telegram Bapak/Ibu. Yang membaca hanya petugas; setiap dibuka, tercatat. Telegram juga menyimpannya di luar negeri. Setuju?
b-setuju = ✅ Setuju, lanjut
b-baca-lengkap = 📄 Baca lengkap
b-tidak-jadi = ❌ Tidak jadi

siapa = Siapa yang perlu ditolong?
siapa-tetangga = 🏠 Tetangga / orang lain
siapa-keluarga = 👪 Keluarga saya
siapa-jalan = 🛣️ Orang di jalan
siapa-sendiri = 🙋 Saya sendiri

jenis = Keadaannya seperti apa? Pilih yang paling mirip.
jenis-odgj = 🧠 Gangguan jiwa / dipasung
jenis-lansia = 👵 Lansia tidak terurus
jenis-anak = 🧒 Anak terlantar / disakiti
jenis-sakit = 🤒 Sakit, tidak ada yang merawat
jenis-disabilitas = ♿ Disabilitas tidak terurus
jenis-terlantar = 🎒 Terlantar / kehabisan bekal
jenis-kekerasan = 🩹 Dipukul, diancam, dilecehkan
jenis-lain = ❓ Lainnya / tidak tahu
jenis-bencana = 🌊 Bencana
jenis-bansos = 💰 Tanya bansos
bansos = Untuk bansos, mohon tanya operator di balai desa atau telepon 171. Kalau ada yang sakit atau tidak makan, silakan lapor.
bencana = Untuk bencana, telepon { $telepon } dulu. Kalau ada lansia, anak, atau orang sakit yang belum tertolong, silakan lapor.

bahaya = Adakah yang seperti ini sekarang? Pilih yang paling gawat.
bahaya-odgj-serang = 🔪 Menyerang / bawa senjata
bahaya-odgj-bunuhdiri = 🆘 Mau bunuh diri
bahaya-odgj-pasung = ⛓️ Dirantai / dikurung
bahaya-odgj-lapar = 🍚 Tidak makan / sakit berat
bahaya-odgj-telanjang = 👕 Tidak berpakaian
bahaya-odgj-hamil = 🤰 Hamil / bersama anak kecil
bahaya-lansia-gawat = 🚑 Pingsan / sesak / luka parah
bahaya-lansia-takbangun = 🛏️ Tidak bisa bangun, sendirian
bahaya-lansia-lapar = 🍚 Tidak makan
bahaya-lansia-diusir = ✋ Dipukul / diusir
bahaya-lansia-pasung = 🔒 Dikurung
bahaya-anak-sakiti = 🩸 Sedang disakiti / luka
bahaya-anak-balita = 👶 Bayi atau balita sendirian
bahaya-anak-seksual = 🙈 Dilecehkan
bahaya-anak-rantai = ⛓️ Dirantai / dikurung
bahaya-anak-lapar = 🍚 Tidak makan / sakit
bahaya-sakit-gawat = 🚑 Pingsan / sesak / kejang
bahaya-sakit-takbangun = 🛏️ Tidak bisa bangun, sendirian
bahaya-sakit-lapar = 🍚 Tidak makan
bahaya-sakit-balita = 🧒 Ada anak kecil di rumah
bahaya-disabilitas-gawat = 🚑 Pingsan / luka parah
bahaya-disabilitas-pasung = ⛓️ Dirantai / dikurung
bahaya-disabilitas-seksual = ✋ Dipukul / dilecehkan
bahaya-disabilitas-takbangun = 🛏️ Sendirian, tidak bisa minta tolong
bahaya-disabilitas-lapar = 🍚 Tidak makan
bahaya-terlantar-gawat = 🚑 Pingsan / sakit berat
bahaya-terlantar-hamil = 👶 Bersama anak kecil / hamil
bahaya-terlantar-lapar = 🍚 Tidak makan
bahaya-terlantar-malamini = 🌙 Malam ini tidak punya tempat
bahaya-kekerasan-pelakudekat = 🏃 Orangnya masih di dekat sini
bahaya-kekerasan-serang = 🔪 Diancam dibunuh / senjata
bahaya-kekerasan-gawat = 🩸 Luka / berdarah
bahaya-kekerasan-seksual = 🙈 Dilecehkan / diperkosa
bahaya-kekerasan-balita = 🧒 Ada anak di rumah
bahaya-lain-serang = 🔪 Ada yang menyerang
bahaya-lain-gawat = 🚑 Pingsan / luka parah
bahaya-lain-meninggal = ⚫ Sudah meninggal
bahaya-lain-hilang = 🔍 Orang hilang
bahaya-lain-lapar = 🍚 Tidak makan
bahaya-tidak-ada = tidak ada bahaya yang disebut
bahaya-belum-jelas = bahayanya belum jelas

tempat = Di mana orangnya sekarang? Ketik nama desa dan kecamatan, atau pilih tombol.
tempat_pin = Tekan tombol kirim lokasi di bawah. Kalau jauh: tekan 📎, pilih Lokasi, lalu geser titiknya ke tempat orang itu.
tempat_temu = Maksud Bapak/Ibu yang mana? Mohon pilih satu.
tempat_dekat = Kecamatannya yang mana? Mohon pilih satu.
tempat_desa = Kira-kira di desa mana? Mohon pilih satu.
tempat_tak_ketemu = Mohon maaf, tempat itu belum ketemu. Coba tulis nama desa dan kecamatannya.
daftar_kab = Mohon pilih kabupaten atau kotanya.
daftar_kec = { $kabupaten }: mohon pilih kecamatannya.
daftar_desa = { $kecamatan }: mohon pilih desa atau kelurahannya.
luar_jatim = Mohon maaf, kami hanya melayani Jawa Timur. Untuk daerah lain, mohon hubungi Dinas Sosial setempat atau lapor.go.id.
b-kirim-lokasi = 📍 Saya di dekatnya, kirim lokasi
b-papan-location = 📍 Kirim lokasi
b-lokasi = 📍 Lokasi terkirim
b-daftar = 🗂️ Pilih dari daftar
b-terdekat = 📍 { $tempat } (terdekat)
b-bukan-semua = 🔁 Bukan semua
b-desa-lain = 🔁 Desa lain
b-tempat-lain = 🔁 Pilih tempat lain
b-halaman-sebelum = ◀️ Sebelumnya
b-halaman-sesudah = ▶️ Berikutnya

patokan = Patokannya apa? Misalnya masjid, pasar, atau sekolah. Mohon jangan menyebut rumah Bapak/Ibu sendiri. Boleh rekam suara.
kapan = Kapan Bapak/Ibu terakhir melihatnya di sana?
kapan-sekarang = 👀 Sekarang
kapan-hariini = ☀️ Hari ini
kapan-kemarin = 📅 Kemarin
kapan-lama = 🗓️ Lebih lama
kapan-dengar = 👂 Hanya dengar cerita
cerita = Mohon ceritakan singkat yang Bapak/Ibu lihat. Boleh ketik atau rekam suara. Bila tahu, sebutkan nama dan kira-kira umurnya.
foto = Foto tidak wajib. Jangan memotret kalau berbahaya, orangnya tidak berpakaian, atau masih anak-anak.
b-tanpa-foto = ⏭️ Tanpa foto
b-foto = 📷 Foto diterima
b-suara = 🎙️ Suara diterima
ada_rekaman = 🎙️ ada rekaman atau foto
ada_foto = 📷 ada foto
berkas_besar = Berkasnya terlalu besar. Mohon kirim foto biasa atau suara yang lebih pendek.
berkas_banyak = Fotonya sudah cukup, Bapak/Ibu. Terima kasih.
berkas_lain = Mohon maaf, berkas seperti itu belum bisa kami pakai. Silakan kirim foto biasa atau rekam suara.

kontak = Petugas bertanya lewat bot ini tanpa tahu nama Bapak/Ibu. Bolehkah petugas juga menelepon?
b-lewat-bot = 🤫 Lewat bot saja
b-boleh-telepon = 📞 Boleh, kirim nomor saya
nomor_hp = Tekan tombol di bawah untuk mengirim nomor Bapak/Ibu sendiri.
b-papan-contact = 📞 Kirim nomor saya
b-nomor-terkirim = 📞 Nomor terkirim
hp_orang_lain = Mohon maaf, itu nomor orang lain. Silakan kirim nomor Bapak/Ibu sendiri, atau pilih lewat bot saja.
hp_tombol = Mohon pakai tombol kirim nomor di bawah, supaya nomornya tidak keliru.

tinjau = Mohon diperiksa dulu, Bapak/Ibu. Sudah benar?
ubah = Mana yang mau diubah, Bapak/Ibu?
baris-siapa = Siapa
baris-jenis = Keadaan
baris-bahaya = Bahaya
baris-tempat = Tempat
baris-patokan = Patokan
baris-kapan = Terakhir
baris-cerita = Cerita
baris-foto = Foto
baris-kontak = Kontak
b-kirim = 📨 Kirim laporan
b-ubah = ✏️ Ubah
b-urung = ↩️ Tidak jadi ubah
b-jangan-lewat-kecamatan = 🚷 Jangan lewat petugas kecamatan
b-lewat-kecamatan = ☑️ Tidak lewat petugas kecamatan

## The number

nomor = Terima kasih, Bapak/Ibu. Laporan sudah tersimpan. Nomor laporan: <b>{ $nomor }</b>. Mohon dicatat.
nomor_sekarang = Petugas sosial kecamatan sedang kami hubungi. Kabar berikutnya paling lambat { $hari } pukul { $jam }.
nomor_besok = Sekarang di luar jam petugas. Petugas kami hubungi { $hari } pukul { $jam }. Kalau keadaannya memburuk, telepon { $telepon }.
nomor_darurat = Petugas sedang kami hubungi, tetapi mohon jangan menunggu kami. Telepon { $telepon } sekarang dan tetap di tempat aman.
nomor_kabupaten = Belum ada petugas di kecamatan itu. Laporan langsung kami teruskan ke petugas kabupaten. Kabar berikutnya paling lambat { $hari } pukul { $jam }.
nomor_provinsi = Belum ada petugas di daerah itu. Laporan langsung kami teruskan ke tim provinsi (JSC). Kabar berikutnya paling lambat { $hari } pukul { $jam }.
nomor_langsung = Laporan tidak lewat petugas kecamatan, tetapi langsung ke atasnya. Kabar berikutnya paling lambat { $hari } pukul { $jam }.
nomor_buntu = Belum ada petugas yang bisa dihubungi. Pengelola sudah kami beri tahu. Kalau mendesak, telepon { $telepon } atau hubungi balai desa.
sudah_terkirim = Laporan ini sudah terkirim dengan nomor { $nomor }. Tidak perlu dikirim lagi.
saran_odgj = Sambil menunggu: jangan dikerumuni atau diganggu, dan mohon jangan dipindahkan ke tempat lain.
saran_pasung = Mohon jangan membuka ikatannya sendiri dan jangan memarahi keluarganya. Keluarga juga perlu dibantu merawat.
saran_lansia = Kalau aman, mohon ditengok sebentar dan diberi minum.
saran_anak = Mohon jangan menanyai anak berulang-ulang dan jangan menegur orang yang diduga menyakiti.
saran_kekerasan = Mohon simpan bukti, dan jangan memberi tahu siapa pun di rumah itu bahwa Bapak/Ibu melapor.
saran_seksual = Mohon jangan mandi atau mencuci baju dulu, dan ke puskesmas atau rumah sakit secepatnya. Bisa telepon 129.
saran_terlantar = Mohon diantar ke tempat terang, misalnya balai desa, pos polisi, atau masjid, kalau orangnya mau.

## News for the reporter: number and status only

status-tersimpan = Tersimpan
status-dihubungi = Petugas sedang dihubungi
status-petugas = Sudah ada petugas
status-menunggu = Masih ditangani, sedang menunggu
status-selesai = Selesai
orang-tksk = petugas sosial kecamatan
orang-deputy = wakil petugas kecamatan
orang-koordinator = petugas kabupaten
orang-dinsos = Dinas Sosial kabupaten
orang-jsc = tim provinsi (JSC)
k_hubungi = Laporan { $nomor }: petugas sosial sedang dihubungi. Bila { $hari } pukul { $jam } belum dijawab, kami teruskan ke { $lalu }.
k_naik = Laporan { $nomor }: { $siapa } sekarang ikut dihubungi. Kabar berikutnya paling lambat { $hari } pukul { $jam }.
k_lanjut = Laporan { $nomor }: petugas sosial sedang dihubungi. Kabar berikutnya paling lambat { $hari } pukul { $jam }.
k_terlambat = Mohon maaf, kabar laporan { $nomor } terlambat. Laporan tidak hilang, sekarang di { $siapa }. Kabar berikutnya paling lambat { $hari } pukul { $jam }.
k_gangguan = Mohon maaf, layanan terputus pukul { $jam } sampai { $jam2 }. Laporan { $nomor } aman dan dilanjutkan.
k_sudah_telepon = Terima kasih, kami catat pada laporan { $nomor }. Tetap di tempat aman, mohon jangan mendekat.
k_tak_bisa_telepon = Kami catat pada laporan { $nomor }. Mohon minta Pak RT, tetangga, atau balai desa menelepon sekarang.
k_provinsi = Laporan { $nomor } diteruskan ke tim provinsi (JSC). Kabar berikutnya paling lambat { $hari } pukul { $jam }.
k_darurat_belum = Laporan { $nomor }: belum ada petugas yang menjawab. Mohon jangan menunggu. Telepon { $telepon } atau hubungi balai desa sekarang.
k_diambil = Laporan { $nomor }: sudah ada petugas sosial yang menangani. Bapak/Ibu tidak perlu mendekat.
k_menunggu = Laporan { $nomor } masih ditangani, sedang menunggu. Laporan tidak hilang.
k_buntu = Laporan { $nomor } tersimpan, tetapi belum ada petugas yang bisa dihubungi. Mohon hubungi balai desa atau telepon { $telepon }.
t_umum = Laporan { $nomor } sudah selesai ditangani. Demi menjaga kehormatannya, rinciannya tidak kami sampaikan. Terima kasih sudah peduli.
t_bukan = Laporan { $nomor }: petugas sudah memeriksa, saat ini belum perlu kami tangani. Terima kasih sudah peduli.

## The worker's card

urgensi-darurat = DARURAT
urgensi-mendesak = MENDESAK
urgensi-biasa = BIASA
peran-tksk = petugas kecamatan (TKSK)
peran-deputy = wakil petugas kecamatan
peran-koordinator = koordinator kabupaten/kota
peran-dinsos = Dinas Sosial kabupaten/kota
peran-jsc = tim provinsi (JSC)
peran-jsc2 = tim provinsi (JSC)
peran-admin = pengelola
peran-volunteer = relawan desa
siapa-peran-nama = { $peran } { $nama }
c_kepala = { $lampu } { $urgensi } · { $nomor }
tempat-tidak-tahu = tempat belum jelas
c_tugas-deputy = Bapak/Ibu wakil di { $tempat }. Laporan ini belum dijawab. Mohon bantu.
c_tugas-koordinator = Untuk koordinator, { $tempat }: belum ada yang menangani. Mohon ditangani atau ditunjuk petugasnya.
c_tugas-dinsos = Untuk Dinas Sosial, { $tempat }: mohon keputusan Bapak/Ibu.
c_tugas-jsc = Untuk JSC, { $tempat }: belum ada yang menangani.
c_terlihat = Terakhir dilihat: { $kapan }.
c_baru = Baru saja dilaporkan.
c_dilaporkan = Dilaporkan { $umur } yang lalu.
c_berkas = 📎 { $jumlah } foto atau rekaman.
c_polisi_sudah = ☎️ Pelapor sudah menelepon polisi atau ambulans.
c_polisi_belum = ☎️ Polisi belum dihubungi. Mohon Bapak/Ibu menelepon polsek lebih dulu.
c_aman = ⚠️ Jangan datang sendiri. Tunggu polisi, Satpol PP, atau puskesmas.
c_pasung = ⛓️ Ajak puskesmas dan pamong desa. Ikatan jangan dibuka sebelum ada rencana berobat.
c_anak = 🧒 Jangan menanyai anak. Hubungi UPTD PPA atau peksos anak.
c_jawab = Mohon dijawab sebelum pukul { $jam }. Sesudah itu { $peran } ikut dihubungi.
c_diambil = ✅ Sudah ditangani { $siapa } sejak pukul { $jam }. Terima kasih.
c_berakhir = Laporan ini sudah berakhir. Tidak perlu ditindaklanjuti.
c_diteruskan = ↩️ Sudah kami teruskan. Terima kasih sudah menjawab.
c_menang = Terima kasih, Bapak/Ibu. Laporan { $nomor } sekarang Bapak/Ibu tangani.
c_menang_singkat = { $nomor } sekarang Bapak/Ibu tangani.
c_keduluan = Laporan { $nomor } sudah ditangani { $siapa }. Terima kasih sudah siap.
c_sudah_milik = Laporan { $nomor } sudah Bapak/Ibu tangani.
c_banyak = Ada { $jumlah } laporan menunggu jawaban Bapak/Ibu. Yang paling mendesak di atas.
c_banyak_grup = Ada { $jumlah } laporan tanpa petugas. Tekan nomornya untuk memegangnya (JSC).
c_basi = Tombol ini sudah tidak berlaku. Laporan { $nomor }: { $status }.
c_bukan_hak = Mohon maaf, laporan ini bukan wilayah tugas Bapak/Ibu.
c_dibaca = Sudah dibuka. Bapak/Ibu tangani?
c_dibaca_singkat = Dibuka di percakapan pribadi.
c_sudah_semua = Semua petugas untuk laporan { $nomor } sudah dihubungi. Kami hubungi lagi paling lambat { $hari } pukul { $jam }.
c_dinaikkan = Laporan { $nomor } kami naikkan sekarang. Terima kasih.
c_urung = Baik, laporan { $nomor } terbuka lagi.
c_kembali = Baik, laporan { $nomor } kami teruskan. Terima kasih.
b-saya-tangani = ✅ Saya tangani
b-buka-rincian = 📖 Buka rincian
b-eskalasi = ⏫ Eskalasi sekarang
b-tidak-bisa = ↩️ Tidak bisa
b-pegang-jsc = ✋ Saya pegang (JSC)
b-jadi-tangani = ↩️ Jadi saya tangani
b-salah-pencet = ↩️ Salah pencet
b-kembalikan = 🔁 Kembalikan
b-selesai-kasus = 🏁 Selesai
b-dikerjakan = 🚗 Sedang dikerjakan
b-menunggu = ⏳ Menunggu …
tunggu-identitas = 🪪 Identitas / Dukcapil
tunggu-keluarga = 👪 Keluarga dicari
tunggu-pendekatan = 🤝 Pendekatan keluarga (pasung)
tunggu-rsj = 🏥 Kamar RSJ
tunggu-panti = 🏠 Kamar panti / UPT
tunggu-surat = 📄 Surat Dinsos
tunggu-jaminan = 💳 Jaminan kesehatan
tunggu-polisi = 🚓 Proses polisi
tunggu-cuaca = ⛴️ Kapal / cuaca
b-tunggu-1 = 📅 Besok
b-tunggu-3 = 📅 3 hari
b-tunggu-7 = 📅 1 minggu
b-tunggu-14 = 📅 2 minggu
w_tunggu_apa = Laporan { $nomor }: menunggu apa, Bapak/Ibu? Mohon pilih satu.
w_tunggu_lama = Laporan { $nomor } menunggu { $alasan }. Kapan kami tanyakan lagi?
w_menunggu = Baik, laporan { $nomor } menunggu { $alasan }. Kami tanyakan lagi { $hari } pukul { $jam }.
w_tetap = Baik, tidak ada yang berubah. Laporan { $nomor } tetap bersama Bapak/Ibu.
c_menunggu = ⏳ Menunggu { $alasan }, sampai { $hari }.
w_pertama = Langkah pertama: telepon pamong desa dan puskesmas. Jangan pernah menyebut ada pelapor.
w_lupa = Laporan { $nomor } Bapak/Ibu terima { $umur } yang lalu. Bagaimana sekarang?
w_lanjut = Terima kasih. Laporan { $nomor } tetap bersama Bapak/Ibu. Kami tanyakan lagi { $hari } pukul { $jam }.
w_lepas = Karena belum ada kabar, laporan { $nomor } kami teruskan. Bapak/Ibu tetap boleh mengambilnya lagi.
t_tugas = Tugas Bapak/Ibu: { $menunggu } menunggu jawaban, { $dipegang } sedang ditangani.
t_tugas_tunggu = ⏳ { $nomor }: { $alasan }, sampai { $hari }

d_tanya = Terima kasih sudah memberi tahu. Apa alasannya, supaya segera kami teruskan?
d_selesai = Baik, laporan { $nomor } kami teruskan. Terima kasih sudah menjawab.
d_singkat = Baik, kami teruskan.
alasan-bukan_wilayah = 📍 Bukan wilayah saya
alasan-luar_kota = 🧳 Sedang di luar kota
alasan-sakit = 🤒 Sedang sakit
alasan-kasus_lain = 🏃 Sedang menangani yang lain
alasan-tidak_aman = ⚠️ Tidak aman kalau sendiri
alasan-kerabat = 👪 Masih keluarga / kenal dekat
alasan-kendaraan = 🛵 Tidak ada kendaraan
alasan-polisi_medis = 🚓 Urusan polisi / medis
alasan-lain = ✍️ Alasan lain

o_tanya = Laporan { $nomor }: bagaimana akhirnya? Mohon pilih satu.
o_selesai = Laporan { $nomor } selesai. Terima kasih, Bapak/Ibu.
hasil-tertolong = 🤝 Tertolong
hasil-bukan_kasus = ☑️ Sudah dicek, tidak perlu

r_judul = Rincian { $nomor }
r_patokan = Patokan:
r_cerita = Yang dilihat pelapor:
r_titik = 🗺️ Titik kira-kira: { $lat }, { $lon }
r_telepon = 📞 Pelapor boleh ditelepon: { $nomor }
r_lewat_bot = 🤫 Pelapor tidak membuka nomornya.

## The ladder

l_ingat = Mohon dijawab, Bapak/Ibu: { $nomor }. Batasnya pukul { $jam }.
l_terakhir = Pukul { $jam } laporan { $nomor } kami teruskan ke { $peran }. Bapak/Ibu tetap boleh mengambilnya.
l_ingat_terus = Mohon dijawab, Bapak/Ibu: { $nomor } masih menunggu.
l_ulang = { $lampu } { $nomor } masih tanpa petugas. Dilaporkan { $umur } yang lalu. Mohon ditangani, Bapak/Ibu.
l_jsc_grup = Belum ada yang menangani. Rincian hanya di percakapan pribadi.
l_kosong = { $tempat } tidak punya petugas yang bisa dihubungi. Laporan { $nomor } langsung ke { $peran }.
l_buntu = 🔴 Laporan { $nomor }: tidak seorang pun bisa dihubungi. Mohon segera mengundang petugas.
l_tak_terjangkau = 📵 { $peran } di { $tempat } tidak bisa dihubungi bot. Mohon diminta membuka bot lagi.
l_grup_hilang = 📵 Grup JSC tidak bisa dihubungi bot. Mohon bot dimasukkan lagi ke grup itu.
l_gagal = ⚠️ Satu pesan warga gagal dibaca dan disisihkan. Mohon periksa catatan bot.
l_libur_belum_tahu = 📅 Hari libur { $tahun } belum kami ketahui. Mohon isi [holidays] di berkas pengaturan, supaya tenggat hari kerja tepat.
l_webhook_mati = 📵 Sistem JSC tidak bisa dihubungi sejak pukul { $jam }. Kabar untuknya kami simpan dan kirim berurutan nanti. Mohon diperiksa.
l_webhook_pulih = ✅ Sistem JSC bisa dihubungi lagi. Kabar yang tertunda sedang kami kirim.
l_webhook_hangus = ⚠️ Ada kabar untuk sistem JSC yang tujuh hari tidak terkirim. Kabar itu tidak kami coba lagi.
l_surel_mati = 📵 Surel tidak terkirim sejak pukul { $jam }. Mohon periksa server surel dan alamat penerima.
l_surel_pulih = ✅ Surel terkirim lagi.
l_surel_hangus = ⚠️ Ada surel yang tujuh hari tidak terkirim. Surel itu tidak kami coba lagi.
ulangan = (ulangan)

## Mail: a number and nothing else

m_judul = { $nomor }: buka bot
m_isi = { $nomor }: buka bot. { $tautan }
m_judul_pengelola = Tersapa: mohon diperiksa
m_telegram_mati = Telegram tidak menerima pesan bot sejak pukul { $jam }. Laporan tetap tersimpan. Mohon periksa jaringan dan token bot.
m_telegram_pulih = Telegram menerima pesan bot lagi. Pesan yang tertunda sedang kami kirim.

## Leave and duty

cuti_tanya = Apakah Bapak/Ibu sekalian cuti? Selama cuti, laporan langsung ke petugas berikutnya.
b-cuti-1 = 🧳 Cuti 1 hari
b-cuti-3 = 🧳 Cuti 3 hari
b-cuti-7 = 🧳 Cuti 7 hari
b-cuti-14 = 🧳 Cuti 14 hari
b-tidak-cuti = ☀️ Tidak, hari ini saja
cuti_tidak = Baik, Bapak/Ibu. Terima kasih sudah memberi tahu.
cuti_mulai = Baik, Bapak/Ibu cuti sampai { $hari } pukul { $jam }. Laporan yang menunggu kami teruskan.
cuti_dipegang = Yang sedang ditangani tetap bersama Bapak/Ibu: { $jumlah }. Bila perlu, tekan Kembalikan di laporannya.
cuti_selesai = Selamat datang kembali, Bapak/Ibu. Laporan baru masuk lagi di sini.
b-kembali-kerja = 🙋 Saya kembali
a_cuti = 🧳 { $peran }, { $tempat }: cuti sampai { $hari } pukul { $jam }. Laporannya langsung ke petugas berikutnya.
l_piket = Siapa piket mulai sekarang, { $hari }? Laporan yang naik akan masuk ke beliau.
piket_siapa = Siapa yang piket, { $hari }?
piket_sudah = Piket { $hari }: { $nama }. Terima kasih.
piket-tanpa-nama = { $peran } nomor { $urutan }
b-saya-piket = 🙋 Saya piket
b-tunjuk-piket = 👤 Tunjuk orang lain
b-ganti-piket = 👤 Ganti piket
a_gangguan = ⚠️ Layanan terputus dari { $hari } pukul { $jam } sampai { $jam2 }. Laporan yang jatuh tempo: { $jumlah } ({ $nomor }).

## `tersapa ladder`, at a terminal

tangga-judul = Tangga { $urgensi }: { $tempat } ({ $kode })
tangga-masuk = Laporan masuk { $kapan } WIB, { $tahun }.
tangga-bawaan = Aturan: bawaan.
tangga-khusus = Aturan: khusus untuk { $tempat }.
tangga-daftar = Petugas: dari basis data.
tangga-rekaan = Petugas: rekaan, satu orang tiap peran, karena basis datanya belum ada.
tangga-kolom-waktu = Waktu (WIB)
tangga-kolom-tingkat = Tingkat
tangga-kolom-siapa = Yang dihubungi
tangga-kolom-keterangan = Keterangan
tangga-orang = { $peran } ({ $jumlah })
tangga-pengingat = pengingat
tangga-ulangan = ulangan, terus sampai ada yang menjawab
tangga-buntu = tidak seorang pun bisa dihubungi; pengelola diberi tahu
tangga-ditahan = ditahan sampai { $kapan }
tangga-cuti = { $peran }: cuti sampai { $kapan }, dilewati
tangga-nihil-vacant = { $peran }: tidak ada, dilewati
tangga-nihil-unbound = { $peran }: belum membuka undangan, dilewati
tangga-nihil-unreachable = { $peran }: tidak bisa dihubungi bot, dilewati
tangga-nihil-asked = { $peran }: sudah dihubungi
tangga-hari-libur = { $hari } hari libur ({ $nama }); tangga tetap berjalan.
tangga-peran-tksk = TKSK
tangga-peran-deputy = wakil TKSK
tangga-peran-koordinator = koordinator
tangga-peran-dinsos = Dinsos
tangga-peran-jsc = JSC
tangga-peran-jsc2 = JSC, nama kedua
tangga-diambil = Bila diambil { $kapan }, petugas harus memberi kabar paling lambat:
tangga-pertama = kabar pertama: { $kapan }
tangga-kunjungan = sudah dikunjungi: { $kapan }
tangga-lanjut = kabar berikutnya, 14 hari kerja kemudian: { $kapan }
tangga-libur = { $hari } tidak dihitung: { $nama }
tangga-libur-belum-tahu = Hari libur { $tahun } belum diketahui, tenggatnya bisa bergeser. Mohon isi [holidays].
## The morning summary

r_kepala = Selamat pagi. { $hari }, { $tanggal }.
r_kepala_jam = 📊 Ringkasan { $hari }, { $tanggal }, pukul { $jam }.
r_hari_lain = 📊 Ringkasan { $hari }, { $tanggal }.
r_pertama = 👉 Tolong dibuka dulu: { $nomor }, { $tempat }, { $urgensi }, { $umur } tanpa petugas.
r_pertama_telat = 👉 Tolong dibuka dulu: { $nomor }, { $tempat }, { $urgensi }, terlambat { $umur }.
r_gawat = 👉 Paling mendesak: { $nomor }, { $tempat }, { $urgensi }, { $umur } tanpa petugas.
r_gawat_telat = 👉 Paling mendesak: { $nomor }, { $tempat }, { $urgensi }, terlambat { $umur }.
r_tenang = 👍 Semua laporan ada petugasnya dan tidak ada yang lewat batas.
r_tanpa = 🔴 Tanpa petugas: { $jumlah }
r_tanpa_merah = 🔴 Tanpa petugas: { $jumlah }, yang sudah di ujung tangga: { $merah }
r_telat = 🟠 Lewat batas waktu: { $jumlah }
r_menunggu = ⏳ Menunggu: { $jumlah }
r_tunggu = ⏳ { $alasan }, sampai { $hari }
r_kemarin = 🆕 Masuk kemarin: { $masuk } · ✅ Selesai: { $selesai }
r_sepi = Tidak ada laporan baru kemarin.
r_kosong = 📵 Kecamatan kosong: { $jumlah }
r_dinsos = Dinas Sosial { $tempat }
r_piket = 🙋 Piket { $di }: { $nama }.
r_piket_ada = 🙋 Piket { $di }: sudah ada.
r_piket_belum = 🙋 Piket { $di }: belum ada.
r_piket_kosong = Kabupaten/kota tanpa piket: { $jumlah }
r_dibaca = ✅ Sudah dibaca pukul { $jam }.
r_terima_kasih = Terima kasih, Bapak/Ibu.
r_dulu = 👉 Yang pertama: { $nomor }, sebelum { $hari } pukul { $jam }.
r_dulu_lewat = 👉 Yang pertama: { $nomor }. Batasnya sudah lewat.
r_bebas = 👍 Tidak ada laporan yang menunggu Bapak/Ibu.
r_masuk = 🆕 Masuk { $hari }, { $tanggal }: { $jumlah }
r_wilayah = 🗺️ Per wilayah, pukul { $jam }:
r_arti = 🔴 tanpa petugas · 🟠 lewat batas · ⏳ menunggu · 🆕 masuk · ✅ selesai · 📵 kosong
r_daftar_kosong = 👍 Daftar ini sekarang kosong.
r_lagi = dan { $jumlah } lagi
b-ringkasan = 📊 Ringkasan
b-buka = 👉 Buka { $nomor }
b-tanpa = 🔴 Tanpa petugas ({ $jumlah })
b-telat = 🟠 Lewat batas ({ $jumlah })
b-daftar-menunggu = ⏳ Menunggu ({ $jumlah })
b-masuk = 🆕 Masuk kemarin ({ $jumlah })
b-tanpa-petugas = 📵 Kosong ({ $jumlah })
b-wilayah = 🗺️ Per wilayah
b-sudah-dibaca = ✅ Sudah saya baca

## Invites

petugas_nomor = Khusus petugas: tekan tombol di bawah untuk mengirim nomor Bapak/Ibu sendiri.
petugas_tak_dikenal = Nomor Bapak/Ibu belum ada di daftar petugas. Mohon hubungi pengelola. Kalau mau melapor, tekan /lapor.
hp_orang_lain_saja = Mohon maaf, itu nomor orang lain. Kalau mau melapor, tekan /lapor.
undangan-terikat = Selamat bergabung, Bapak/Ibu. Tugas: { $peran }, { $tempat }. Laporan baru akan masuk di sini.
undangan-pengelola = Selamat bergabung, Bapak/Ibu. Tugas: { $peran }, { $tempat }. Peringatan dan ringkasan akan masuk di sini.
undangan-unknown = Mohon maaf, undangan ini tidak kami kenal. Mohon minta tautan baru kepada pengelola.
undangan-used = Undangan ini sudah dipakai. Mohon minta tautan baru kepada pengelola.
undangan-expired = Undangan ini sudah kedaluwarsa. Mohon minta tautan baru kepada pengelola.
a_terikat = Baru bergabung: { $peran }, { $tempat }.

## Times

hari-ini = hari ini
hari-besok = besok
hari-tanggal = { $hari } { $tanggal }
hari-senin = Senin
hari-selasa = Selasa
hari-rabu = Rabu
hari-kamis = Kamis
hari-jumat = Jumat
hari-sabtu = Sabtu
hari-minggu = Minggu
tanggal = { $hari } { $bulan } { $tahun }
bulan-1 = Januari
bulan-2 = Februari
bulan-3 = Maret
bulan-4 = April
bulan-5 = Mei
bulan-6 = Juni
bulan-7 = Juli
bulan-8 = Agustus
bulan-9 = September
bulan-10 = Oktober
bulan-11 = November
bulan-12 = Desember
umur-menit = { $jumlah } menit
umur-jam = { $jumlah } jam
umur-hari = { $jumlah } hari

## Bot profile and menu

profil-nama = Tersapa
profil-singkat = Lapor orang yang perlu ditolong di Jawa Timur.
profil-panjang = Laporkan orang sakit jiwa, lansia, anak, atau orang terlantar yang perlu ditolong di Jawa Timur. Gratis. Kalau berbahaya, telepon 110 atau 119 dulu.
perintah-lapor = Lapor orang yang perlu ditolong
perintah-status = Laporan saya
perintah-batal = Batalkan yang sedang diisi
perintah-bahasa = Ganti bahasa
perintah-bantuan = Cara memakai
perintah-tugas = Tugas saya
perintah-ringkasan = Ringkasan hari ini
