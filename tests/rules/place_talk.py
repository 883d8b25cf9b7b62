"""What people type for a place that is none, or only half of one, and what must come of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Talk:
    """A typed text; the place that must be offered first ("Kabupaten/Kecamatan/Desa", "" for no place at all)."""

    text: str
    place: str = ""
    landmark: str = ""
    outside: str = ""


def landmark(text: str, kept: str | None = None) -> Talk:
    """Only a landmark: nothing is offered, all of it is kept."""
    return Talk(text, landmark=text if kept is None else kept)


def outside(text: str, name: str) -> Talk:
    """A place outside East Java."""
    return Talk(text, outside=name)


NON_PLACES: tuple[Talk, ...] = (
    # outside
    outside("jakarta", "Jakarta"),
    outside("Jakarta Selatan", "Jakarta"),
    outside("jakrta", "Jakarta"),
    outside("semarang", "Semarang"),
    outside("smarang", "Semarang"),
    outside("tembalang semarang", "Semarang"),
    outside("solo", "Surakarta (Solo)"),
    outside("surakarta", "Surakarta (Solo)"),
    outside("jogja", "Yogyakarta"),
    outside("jogjakarta", "Yogyakarta"),
    outside("bali", "Bali"),
    outside("pulau bali", "Bali"),
    outside("denpasar", "Denpasar"),
    outside("lombok", "Lombok"),
    outside("jateng", "Jawa Tengah"),
    outside("jawa tengah", "Jawa Tengah"),
    outside("wonogiri jawa tengah", "Wonogiri"),
    outside("kab. sragen", "Sragen"),
    outside("blora", "Blora"),
    outside("cepu", "Cepu"),
    outside("kudus", "Kudus"),
    outside("sukolilo pati", "Pati"),
    outside("kalimantan", "Kalimantan"),
    outside("banjarmasin", "Banjarmasin"),
    outside("makasar", "Makassar"),
    outside("papua", "Papua"),
    outside("malaysia", "Malaysia"),
    # landmarks alone
    landmark("RSUD Kanjuruhan"),
    landmark("rsud dr soetomo"),
    landmark("rsj menur"),
    landmark("pasar besar"),
    landmark("pasar turi"),
    landmark("stasiun pasar turi"),
    landmark("perumahan araya"),
    landmark("di laut selat madura", "laut selat madura"),
    landmark("dsn krajan"),
    landmark("dusun krajan rt 3 rw 5"),
    landmark("rumah pak lurah"),
    landmark("rumah pak slamet"),
    landmark("jl ahmad yani"),
    landmark("jalan"),
    landmark("gang 5"),
    landmark("RT03/RW02"),
    landmark("alun alun"),
    landmark("masjid agung"),
    landmark("musholla al ikhlas"),
    landmark("gereja"),
    landmark("balai desa"),
    landmark("pondok pesantren"),
    landmark("pabrik gula"),
    landmark("bandara juanda"),
    landmark("gunung semeru"),
    landmark("pinggir sungai"),
    landmark("di sawah", "sawah"),
    landmark("perempatan lampu merah"),
    landmark("pasar senen jakarta"),
    landmark("terminal purabaya"),
    landmark("warung padang"),
    landmark("kos kosan"),
    landmark("pantai kenjeran"),
    landmark("bawah jembatan suramadu"),
    landmark("pos satpam pintu keluar"),
    landmark("mburi balai deso"),
    landmark("belakang kantor kelurahan"),
    # neither
    Talk("araya"),
    Talk("kanjuruhan"),
    Talk("bromo"),
    Talk("tetangga saya"),
    Talk("saya tidak tahu"),
    Talk("ndak tau pak"),
    Talk("di sini"),
    Talk("di desa saya"),
    Talk("sendiri"),
)
"""Nothing may be offered, or two places at most."""

HALF_PLACES: tuple[Talk, ...] = (
    Talk("deket alun alun Kepanjen", "Kabupaten Malang/Kepanjen", "deket alun alun Kepanjen"),
    Talk("dsn krajan desa Ngenep Karangploso", "Kabupaten Malang/Karangploso/Ngenep", "dsn krajan"),
    Talk("dsn krajan ngenep karangploso", "Kabupaten Malang/Karangploso/Ngenep", "dsn krajan"),
    Talk("terminal bungurasih", "Kabupaten Sidoarjo/Waru/Bungurasih", "terminal bungurasih"),
    Talk("stasiun gubeng", "Kota Surabaya/Gubeng", "stasiun gubeng"),
    Talk("rumah sakit jiwa lawang", "Kabupaten Malang/Lawang", "rumah sakit jiwa lawang"),
    Talk("RSUD Kanjuruhan Kepanjen", "Kabupaten Malang/Kepanjen", "RSUD Kanjuruhan"),
    Talk("jl ahmad yani kepanjen", "Kabupaten Malang/Kepanjen", "jl ahmad yani"),
    Talk("jl solo ngawi", "Kabupaten Ngawi", "jl solo"),
    Talk("SDN 1 Kepanjen", "Kabupaten Malang/Kepanjen", "SDN 1 Kepanjen"),
    Talk("singosari dekat pasar", "Kabupaten Malang/Singosari", "dekat pasar"),
    Talk("masjid al falah, toyomarto singosari", "Kabupaten Malang/Singosari/Toyomarto", "masjid al falah"),
    Talk("rt 3 rw 5 toyomarto", "Kabupaten Malang/Singosari/Toyomarto", "rt 3 rw 5"),
    Talk("balai desa ngenep karangploso", "Kabupaten Malang/Karangploso/Ngenep", "balai desa ngenep"),
    Talk("kantor kecamatan lawang", "Kabupaten Malang/Lawang", "kantor"),
    Talk("rumah pak lurah ngenep", "Kabupaten Malang/Karangploso/Ngenep", "rumah pak lurah"),
    Talk("perum sawojajar, kedungkandang", "Kota Malang/Kedungkandang", "perum sawojajar"),
    Talk("pelabuhan ketapang banyuwangi", "Kabupaten Banyuwangi/Kalipuro/Ketapang", "pelabuhan ketapang"),
    Talk("kolong jembatan porong", "Kabupaten Sidoarjo/Porong", "kolong jembatan porong"),
    Talk("pondok pesantren lirboyo, mojoroto", "Kota Kediri/Mojoroto", "pondok pesantren lirboyo"),
    Talk("emperan toko singosari", "Kabupaten Malang/Singosari", "emperan toko singosari"),
    Talk("stasiun kota baru malang", "Kabupaten Malang", "stasiun kota baru malang"),
    Talk("jl. panglima sudirman no 5 kepanjen", "Kabupaten Malang/Kepanjen", "jl. panglima sudirman no 5"),
    Talk("rumah di singosari", "Kabupaten Malang/Singosari", "rumah"),
    Talk("singosari malang pasar singosari", "Kabupaten Malang/Singosari", "pasar singosari"),
    Talk("pasar singosari, singosari malang", "Kabupaten Malang/Singosari", "pasar singosari"),
    Talk("pasar jombang, jombang", "Kabupaten Jombang/Jombang", "pasar jombang"),
    Talk("mburi balai deso toyomarto singosari", "Kabupaten Malang/Singosari/Toyomarto", "mburi balai deso toyomarto"),
    # known landmarks
    Talk("terminal arjosari", "Kota Malang/Blimbing/Arjosari", "terminal arjosari"),
    Talk("deket terminal Arjosari", "Kota Malang/Blimbing/Arjosari", "deket terminal Arjosari"),
    Talk("terminal arjosari kota malang", "Kota Malang/Blimbing/Arjosari", "terminal arjosari"),
    Talk("terminal arjosari pacitan", "Kabupaten Pacitan/Arjosari", "terminal arjosari"),
    # real names that begin with a landmark word, or have one in them
    Talk("deket", "Kabupaten Lamongan/Deket"),
    Talk("Kec. Deket", "Kabupaten Lamongan/Deket"),
    Talk("deket lamongan", "Kabupaten Lamongan/Deket"),
    Talk("Deket, Lamongan", "Kabupaten Lamongan/Deket"),
    Talk("babatagung deket", "Kabupaten Lamongan/Deket/Babatagung"),
    Talk("alun-alun contong surabaya", "Kota Surabaya/Bubutan/Alun-alun Contong"),
    Talk("desa alun-alun ranuyoso", "Kabupaten Lumajang/Ranuyoso/Alun-Alun"),
    Talk("alun alun lumajang", "Kabupaten Lumajang", "alun alun lumajang"),
    Talk("gunung anyar surabaya", "Kota Surabaya/Gunung Anyar"),
    Talk("tanggung gunung", "Kabupaten Tulungagung/Tanggunggunung"),
    Talk("kali baru banyuwangi", "Kabupaten Banyuwangi/Kalibaru"),
    Talk("pesantren kediri", "Kota Kediri/Pesantren"),
    Talk("pondok wuluh", "Kabupaten Probolinggo/Leces/Pondok Wuluh"),
    Talk("lombok kulon", "Kabupaten Bondowoso/Wonosari/Lombok Kulon"),
    # beside a kabupaten that is spelt as it is, nothing is looked for that is only a little like
    Talk("solo, ngawi", "Kabupaten Ngawi"),
    Talk("kediri bali", "Kabupaten Kediri"),
    Talk("panti jompo blitar", "Kabupaten Blitar"),
    # names that also lie outside: a kecamatan, or several villages of East Java, bear them
    Talk("bandung", "Kabupaten Tulungagung/Bandung", outside="Bandung"),
    Talk("rembang", "Kabupaten Pasuruan/Rembang", outside="Rembang"),
    Talk("bandung tulungagung", "Kabupaten Tulungagung/Bandung"),
)
"""The place must be first; what else was said is its landmark."""
