"""Questions for the search of places: written by hand, and made by spoiling names the way fingers do."""

import random
from collections.abc import Iterator

from bot.core.places import Place, Places

# (what was typed, "Kabupaten/Kecamatan/Desa"; several right answers are separated by |)
WRITTEN: tuple[tuple[str, str], ...] = (
    # kecamatan with kabupaten, spelt well or nearly so
    ("singosari malang", "Kabupaten Malang/Singosari"),
    ("Singasari, Malang", "Kabupaten Malang/Singosari"),
    ("kec singosari malang", "Kabupaten Malang/Singosari"),
    ("singosari kab. mlg", "Kabupaten Malang/Singosari"),
    ("SINGOSARI KAB MALANG JAWA TIMUR", "Kabupaten Malang/Singosari"),
    ("malang singosari", "Kabupaten Malang/Singosari"),
    ("singosarimalang", "Kabupaten Malang/Singosari"),
    ("singosri", "Kabupaten Malang/Singosari"),
    ("kepanjen", "Kabupaten Malang/Kepanjen"),
    ("kepanjin malang", "Kabupaten Malang/Kepanjen"),
    ("sumbermanjing", "Kabupaten Malang/Sumbermanjing Wetan"),
    ("sumber manjing wetan", "Kabupaten Malang/Sumbermanjing Wetan"),
    ("sumawe", "Kabupaten Malang/Sumbermanjing Wetan"),
    ("gondang legi", "Kabupaten Malang/Gondanglegi"),
    ("gondanglgi malang", "Kabupaten Malang/Gondanglegi"),
    ("karang ploso", "Kabupaten Malang/Karangploso"),
    ("karangplso mlg", "Kabupaten Malang/Karangploso"),
    ("poncokusumo", "Kabupaten Malang/Poncokusumo"),
    ("poncokusuma malang", "Kabupaten Malang/Poncokusumo"),
    ("ponco kusumo", "Kabupaten Malang/Poncokusumo"),
    ("tirtoyudo", "Kabupaten Malang/Tirtoyudo"),
    ("tirtoyudho kab malang", "Kabupaten Malang/Tirtoyudo"),
    ("lawang malang", "Kabupaten Malang/Lawang"),
    ("dau malang", "Kabupaten Malang/Dau"),
    ("pujon kab malang", "Kabupaten Malang/Pujon"),
    ("ngantan malang", "Kabupaten Malang/Ngantang"),
    ("ampel gading malang", "Kabupaten Malang/Ampelgading"),
    ("lowokwaru", "Kota Malang/Lowokwaru"),
    ("lowok waru kota malang", "Kota Malang/Lowokwaru"),
    ("lowokwaroe malang", "Kota Malang/Lowokwaru"),
    ("klojen mlg", "Kota Malang/Klojen"),
    ("kedung kandang malang", "Kota Malang/Kedungkandang"),
    ("kdungkandang", "Kota Malang/Kedungkandang"),
    ("blimbing kota malang", "Kota Malang/Blimbing"),
    ("belimbing malang kota", "Kota Malang/Blimbing"),
    ("sukun malang", "Kota Malang/Sukun"),
    # kabupaten and kota, twins
    ("malang", "Kabupaten Malang|Kota Malang"),
    ("kota malang", "Kota Malang"),
    ("malang kota", "Kota Malang"),
    ("kab malang", "Kabupaten Malang"),
    ("kabupaten malang", "Kabupaten Malang"),
    ("kabupatn mlang", "Kabupaten Malang"),
    ("kotamadya kediri", "Kota Kediri"),
    ("kab. kediri", "Kabupaten Kediri"),
    ("kediri", "Kabupaten Kediri|Kota Kediri"),
    ("kota blitar", "Kota Blitar"),
    ("blitar kabupaten", "Kabupaten Blitar"),
    ("kab probolinggo", "Kabupaten Probolinggo"),
    ("probolingo kota", "Kota Probolinggo"),
    ("pasuruhan", "Kabupaten Pasuruan|Kota Pasuruan"),
    ("kota pasuruan", "Kota Pasuruan"),
    ("kota mojokerto", "Kota Mojokerto"),
    ("mojokerto kab", "Kabupaten Mojokerto"),
    ("kota madiun", "Kota Madiun"),
    ("kab madiun", "Kabupaten Madiun"),
    ("madioen", "Kabupaten Madiun|Kota Madiun"),
    ("batu", "Kota Batu"),
    ("kota batu", "Kota Batu"),
    ("surabaya", "Kota Surabaya"),
    ("sby", "Kota Surabaya"),
    ("soerabaia", "Kota Surabaya"),
    ("suroboyo", "Kota Surabaya"),
    ("surabya", "Kota Surabaya"),
    ("djember", "Kabupaten Jember"),
    ("bojonegoro", "Kabupaten Bojonegoro"),
    ("bodjonegoro", "Kabupaten Bojonegoro"),
    ("bojonegara", "Kabupaten Bojonegoro"),
    ("banjuwangi", "Kabupaten Banyuwangi"),
    ("banyu wangi", "Kabupaten Banyuwangi"),
    ("bwi", "Kabupaten Banyuwangi"),
    ("situbodno", "Kabupaten Situbondo"),
    ("pamekesan", "Kabupaten Pamekasan"),
    ("bangkaln", "Kabupaten Bangkalan"),
    ("sumenep madura", "Kabupaten Sumenep"),
    ("tulung agung", "Kabupaten Tulungagung"),
    ("trengalek", "Kabupaten Trenggalek"),
    ("ngajuk", "Kabupaten Nganjuk"),
    ("sidorajo", "Kabupaten Sidoarjo"),
    ("lamongn jatim", "Kabupaten Lamongan"),
    # Surabaya and around
    ("tambaksari sby", "Kota Surabaya/Tambaksari"),
    ("tambak sari surabaya", "Kota Surabaya/Tambaksari"),
    ("karangpilang", "Kota Surabaya/Karang Pilang"),
    ("asemrowo surabaya", "Kota Surabaya/Asem Rowo"),
    ("pabean cantikan", "Kota Surabaya/Pabean Cantian"),
    ("tenggilis surabaya", "Kota Surabaya/Tenggilis Mejoyo"),
    ("gununganyar", "Kota Surabaya/Gunung Anyar"),
    ("rungkut sby", "Kota Surabaya/Rungkut"),
    ("wonokromo", "Kota Surabaya/Wonokromo"),
    ("kel. jagir kec. wonokromo surabaya", "Kota Surabaya/Wonokromo/Jagir"),
    ("jagir surabaya", "Kota Surabaya/Wonokromo/Jagir"),
    ("kelurahan dr soetomo", "Kota Surabaya/Tegalsari/Dr. Soetomo"),
    ("keputih sukolilo", "Kota Surabaya/Sukolilo/Keputih"),
    ("lakar santri", "Kota Surabaya/Lakarsantri"),
    ("suko manunggal", "Kota Surabaya/Sukomanunggal"),
    ("kenjeran", "Kota Surabaya/Kenjeran"),
    ("tanah kalikedinding", "Kota Surabaya/Kenjeran/Tanah Kali Kedinding"),
    ("waru sidoarjo", "Kabupaten Sidoarjo/Waru"),
    ("waru pamekasan", "Kabupaten Pamekasan/Waru"),
    ("taman sda", "Kabupaten Sidoarjo/Taman"),
    ("kec taman kota madiun", "Kota Madiun/Taman"),
    ("krian sidoarjo", "Kabupaten Sidoarjo/Krian"),
    ("balong bendo", "Kabupaten Sidoarjo/Balongbendo"),
    ("tanggulangin sidoardjo", "Kabupaten Sidoarjo/Tanggulangin"),
    ("desa wage kec taman kab sidoarjo", "Kabupaten Sidoarjo/Taman/Wage"),
    ("driyorejo gresik", "Kabupaten Gresik/Driyorejo"),
    ("driorejo", "Kabupaten Gresik/Driyorejo"),
    ("ujung pangkah", "Kabupaten Gresik/Ujungpangkah"),
    ("duduk sampean", "Kabupaten Gresik/Duduksampeyan"),
    ("balong panggang gresik", "Kabupaten Gresik/Balongpanggang"),
    ("sangkapura bawean", "Kabupaten Gresik/Sangkapura"),
    ("kebomas gsk", "Kabupaten Gresik/Kebomas"),
    # Madura
    ("tanjung bumi bangkalan", "Kabupaten Bangkalan/Tanjung Bumi"),
    ("tanjungbumi", "Kabupaten Bangkalan/Tanjung Bumi"),
    ("tanah merah madura", "Kabupaten Bangkalan/Tanah Merah"),
    ("kec galis kab bangkalan", "Kabupaten Bangkalan/Galis"),
    ("galis pamekasan", "Kabupaten Pamekasan/Galis"),
    ("arosbaja", "Kabupaten Bangkalan/Arosbaya"),
    ("kuanyar bangkalan", "Kabupaten Bangkalan/Kwanyar"),
    ("ketapang sampang", "Kabupaten Sampang/Ketapang"),
    ("ketapang daya sampang", "Kabupaten Sampang/Ketapang/Ketapang Daya"),
    ("sokobenah", "Kabupaten Sampang/Sokobanah"),
    ("karang penang", "Kabupaten Sampang/Karangpenang"),
    ("mandangin", "Kabupaten Sampang/Sampang/P. Mandangin"),
    ("pulau mandangin sampang", "Kabupaten Sampang/Sampang/P. Mandangin"),
    ("palenga'an pamekasan", "Kabupaten Pamekasan/Palengaan"),
    ("batu marmar", "Kabupaten Pamekasan/Batumarmar"),
    ("pegantennan", "Kabupaten Pamekasan/Pegantenan"),
    ("guluk2 sumenep", "Kabupaten Sumenep/Guluk-Guluk"),
    ("guluk guluk", "Kabupaten Sumenep/Guluk-Guluk"),
    ("batang2", "Kabupaten Sumenep/Batang Batang"),
    ("batang batang daya", "Kabupaten Sumenep/Batang Batang/Batang-Batang Daya"),
    ("raas sumenep", "Kabupaten Sumenep/Ra'as"),
    ("pulau raas", "Kabupaten Sumenep/Ra'as"),
    ("kota sumenep", "Kabupaten Sumenep/Kota Sumenep"),
    ("masalembo", "Kabupaten Sumenep/Masalembu"),
    ("kangean", "Kabupaten Sumenep/Arjasa|Kabupaten Sumenep/Kangayan"),
    ("arjasa kangean sumenep", "Kabupaten Sumenep/Arjasa"),
    ("pasong songan", "Kabupaten Sumenep/Pasongsongan"),
    ("giligenting sumenep", "Kabupaten Sumenep/Giliginting"),
    ("nong gunong", "Kabupaten Sumenep/Nonggunong"),
    ("plampaan camplong", "Kabupaten Sampang/Camplong/Plampa'an"),
    ("ba'engas labang", "Kabupaten Bangkalan/Labang/Ba'engas"),
    # the east
    ("arjasa jember", "Kabupaten Jember/Arjasa"),
    ("arjasa situbondo", "Kabupaten Situbondo/Arjasa"),
    ("kaliwates jember", "Kabupaten Jember/Kaliwates"),
    ("kali wates", "Kabupaten Jember/Kaliwates"),
    ("sumbersari jbr", "Kabupaten Jember/Sumbersari"),
    ("gumuk mas", "Kabupaten Jember/Gumukmas"),
    ("rambi puji jember", "Kabupaten Jember/Rambipuji"),
    ("jombang jember", "Kabupaten Jember/Jombang"),
    ("jombang, kab jombang", "Kabupaten Jombang/Jombang"),
    ("kec. jombang kab. jombang", "Kabupaten Jombang/Jombang"),
    ("kemuning sari lor panti jember", "Kabupaten Jember/Panti/Kemuning Sari Lor"),
    ("tegal dlimo", "Kabupaten Banyuwangi/Tegaldlimo"),
    ("glenmor banyuwangi", "Kabupaten Banyuwangi/Glenmore"),
    ("rogojampi bwi", "Kabupaten Banyuwangi/Rogojampi"),
    ("genteng banyuwangi", "Kabupaten Banyuwangi/Genteng"),
    ("genteng surabaya", "Kota Surabaya/Genteng"),
    ("singo juruh", "Kabupaten Banyuwangi/Singojuruh"),
    ("purwohardjo", "Kabupaten Banyuwangi/Purwoharjo"),
    ("desa sumberasri kec purwoharjo", "Kabupaten Banyuwangi/Purwoharjo/Sumberasri"),
    ("jambesari", "Kabupaten Bondowoso/Jambesari Darus Sholah"),
    ("jambesari darussholah bondowoso", "Kabupaten Bondowoso/Jambesari Darus Sholah"),
    ("tamankrocok", "Kabupaten Bondowoso/Taman Krocok"),
    ("cermee bondowoso", "Kabupaten Bondowoso/Cermee"),
    ("cerme gresik", "Kabupaten Gresik/Cerme"),
    ("kec bondowoso", "Kabupaten Bondowoso/Bondowoso"),
    ("asem bagus situbondo", "Kabupaten Situbondo/Asembagus"),
    ("besuki situbondo", "Kabupaten Situbondo/Besuki"),
    ("besuki tulungagung", "Kabupaten Tulungagung/Besuki"),
    ("yosowilangon lumajang", "Kabupaten Lumajang/Yosowilangun"),
    ("pasru jambe", "Kabupaten Lumajang/Pasrujambe"),
    ("pronodjiwo lmj", "Kabupaten Lumajang/Pronojiwo"),
    ("senduro lumadjang", "Kabupaten Lumajang/Senduro"),
    ("selok awar-awar", "Kabupaten Lumajang/Pasirian/Selok Awar-Awar"),
    ("lumbang probolinggo", "Kabupaten Probolinggo/Lumbang"),
    ("lumbang pasuruan", "Kabupaten Pasuruan/Lumbang"),
    ("kraksan probolinggo", "Kabupaten Probolinggo/Kraksaan"),
    ("kota anyar probolinggo", "Kabupaten Probolinggo/Kotaanyar"),
    ("kademangan kota probolinggo", "Kota Probolinggo/Kademangan"),
    ("kademangan blitar", "Kabupaten Blitar/Kademangan"),
    ("pandaan pasuruan", "Kabupaten Pasuruan/Pandaan"),
    ("sukorejo pasuruan", "Kabupaten Pasuruan/Sukorejo"),
    ("sukorejo kota blitar", "Kota Blitar/Sukorejo"),
    ("sukoredjo ponorogo", "Kabupaten Ponorogo/Sukorejo"),
    ("purwosari pasuruan", "Kabupaten Pasuruan/Purwosari"),
    ("purwosari bojonegoro", "Kabupaten Bojonegoro/Purwosari"),
    ("bugul kidul", "Kota Pasuruan/Bugul Kidul"),
    ("gempol pasuruan", "Kabupaten Pasuruan/Gempol"),
    # the west
    ("mojosari", "Kabupaten Mojokerto/Mojosari"),
    ("dawar blandong", "Kabupaten Mojokerto/Dawarblandong"),
    ("ngoro mojokerto", "Kabupaten Mojokerto/Ngoro"),
    ("ngoro jombang", "Kabupaten Jombang/Ngoro"),
    ("trowulan mjkt", "Kabupaten Mojokerto/Trowulan"),
    ("prajurit kulon", "Kota Mojokerto/Prajuritkulon"),
    ("sooko mojokerto", "Kabupaten Mojokerto/Sooko"),
    ("soko tuban", "Kabupaten Tuban/Soko"),
    ("bandar kedungmulyo jombang", "Kabupaten Jombang/Bandarkedungmulyo"),
    ("bandarkedung mulyo", "Kabupaten Jombang/Bandarkedungmulyo"),
    ("kesamben jombang", "Kabupaten Jombang/Kesamben"),
    ("kesamben blitar", "Kabupaten Blitar/Kesamben"),
    ("tanjung anom nganjuk", "Kabupaten Nganjuk/Tanjunganom"),
    ("tjg anom", "Kabupaten Nganjuk/Tanjunganom"),
    ("kertosono", "Kabupaten Nganjuk/Kertosono"),
    ("caruban", "Kabupaten Madiun/Mejayan"),
    ("caruban madiun", "Kabupaten Madiun/Mejayan"),
    ("mejayan", "Kabupaten Madiun/Mejayan"),
    ("pilang kenceng", "Kabupaten Madiun/Pilangkenceng"),
    ("manguharjo", "Kota Madiun/Manguharjo"),
    ("kartoharjo magetan", "Kabupaten Magetan/Kartoharjo"),
    ("kartoharjo kota madiun", "Kota Madiun/Kartoharjo"),
    ("karangrejo magetan", "Kabupaten Magetan/Karangrejo"),
    ("karangredjo tulungagung", "Kabupaten Tulungagung/Karangrejo"),
    ("campur darat", "Kabupaten Tulungagung/Campurdarat"),
    ("tanggung gunung", "Kabupaten Tulungagung/Tanggunggunung"),
    ("sumber gempol", "Kabupaten Tulungagung/Sumbergempol"),
    ("kauman tulungagung", "Kabupaten Tulungagung/Kauman"),
    ("kec kauman kab ponorogo", "Kabupaten Ponorogo/Kauman"),
    ("desa kauman kec kauman kab ponorogo", "Kabupaten Ponorogo/Kauman/Kauman"),
    ("sawo ponorogo", "Kabupaten Ponorogo/Sawoo"),
    ("lodoyo blitar", "Kabupaten Blitar/Sutojayan"),
    ("sanan wetan", "Kota Blitar/Sananwetan"),
    ("gandusari trenggalek", "Kabupaten Trenggalek/Gandusari"),
    ("gandusari blitar", "Kabupaten Blitar/Gandusari"),
    ("watulimo galek", "Kabupaten Trenggalek/Watulimo"),
    ("donorodjo patjitan", "Kabupaten Pacitan/Donorojo"),
    ("kebonagung pacitan", "Kabupaten Pacitan/Kebonagung"),
    ("kec kota kediri", "Kota Kediri/Kota"),
    ("pesantren kediri", "Kota Kediri/Pesantren"),
    ("mojoroto kdr", "Kota Kediri/Mojoroto"),
    ("kayen kidul", "Kabupaten Kediri/Kayen Kidul"),
    ("pare kediri", "Kabupaten Kediri/Pare"),
    ("plosoklaten kediri", "Kabupaten Kediri/Plosoklaten"),
    ("kedungadem bojonegoro", "Kabupaten Bojonegoro/Kedungadem"),
    ("kdgadem", "Kabupaten Bojonegoro/Kedungadem"),
    ("kepoh baru bojonegoro", "Kabupaten Bojonegoro/Kepohbaru"),
    ("sumberejo bojonegoro", "Kabupaten Bojonegoro/Sumberrejo"),
    ("gayam bojonegoro", "Kabupaten Bojonegoro/Gayam"),
    ("merak urak tuban", "Kabupaten Tuban/Merakurak"),
    ("tambak boyo", "Kabupaten Tuban/Tambakboyo"),
    ("kedung pring lamongan", "Kabupaten Lamongan/Kedungpring"),
    ("karang binangun", "Kabupaten Lamongan/Karangbinangun"),
    ("deket lamongan", "Kabupaten Lamongan/Deket"),
    ("babat lmg", "Kabupaten Lamongan/Babat"),
    ("patjiran", "Kabupaten Lamongan/Paciran"),
    ("kedunggalar ngawi", "Kabupaten Ngawi/Kedunggalar"),
    ("ngrambeh ngawi", "Kabupaten Ngawi/Ngrambe"),
    ("padas ngawi", "Kabupaten Ngawi/Padas"),
    # desa and kelurahan, with addresses around them
    ("desa toyomarto kec singosari kab malang", "Kabupaten Malang/Singosari/Toyomarto"),
    ("toyomarto singosari", "Kabupaten Malang/Singosari/Toyomarto"),
    ("ds. toyomarto kec. singosri", "Kabupaten Malang/Singosari/Toyomarto"),
    ("toyomrto singosari malang", "Kabupaten Malang/Singosari/Toyomarto"),
    ("dusun krajan rt 03 rw 02 desa toyomarto singosari", "Kabupaten Malang/Singosari/Toyomarto"),
    ("dsn. krajan, ds toyomarto, singosari", "Kabupaten Malang/Singosari/Toyomarto"),
    ("kab malang kec singosari desa toyomarto", "Kabupaten Malang/Singosari/Toyomarto"),
    ("kel pagentan singosari", "Kabupaten Malang/Singosari/Pagentan"),
    ("candirenggo", "Kabupaten Malang/Singosari/Candirenggo"),
    ("sisir batu", "Kota Batu/Batu/Sisir"),
    ("oro2 ombo batu", "Kota Batu/Batu/Oro-oro Ombo"),
    ("oro oro ombo kota batu", "Kota Batu/Batu/Oro-oro Ombo"),
    ("oro-oro dowo klojen", "Kota Malang/Klojen/Oro-oro Dowo"),
    ("bumi aji batu", "Kota Batu/Bumiaji"),
    ("desa bumiaji", "Kota Batu/Bumiaji/Bumiaji"),
    ("tulungrejo bumiaji", "Kota Batu/Bumiaji/Tulungrejo"),
    ("tulungrejo pare kediri", "Kabupaten Kediri/Pare/Tulungrejo"),
    ("sukorejo, sukorejo, ponorogo", "Kabupaten Ponorogo/Sukorejo/Sukorejo"),
    ("desa wonorejo kec. poncokusumo", "Kabupaten Malang/Poncokusumo/Wonorejo"),
    ("wonorejo singosari", "Kabupaten Malang/Singosari/Wonorejo"),
    ("kelurahan mojo gubeng sby", "Kota Surabaya/Gubeng/Mojo"),
    ("ketapang kalipuro banyuwangi", "Kabupaten Banyuwangi/Kalipuro/Ketapang"),
    ("saya di daerah singosari malang", "Kabupaten Malang/Singosari"),
    ("jl raya kepanjen, kec kepanjen kab malang", "Kabupaten Malang/Kepanjen"),
    ("singosari kec, malang kab", "Kabupaten Malang/Singosari"),
    ("ranupani senduro", "Kabupaten Lumajang/Senduro/Ranupani"),
    ("ngadas poncokusumo malang", "Kabupaten Malang/Poncokusumo/Ngadas"),
    ("desa temu kec prambon sidoarjo", "Kabupaten Sidoarjo/Prambon/Temu"),
    ("gedongkedoan dukun", "Kabupaten Gresik/Dukun/Gedongkedo'an"),
    ("iker iker geger cerme", "Kabupaten Gresik/Cerme/Iker-iker Geger"),
)

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEAR = {
    key: "".join(
        row[n] for row in KEYS[max(0, y - 1) : y + 2] for n in range(max(0, x - 1), min(len(row), x + 2))
    ).replace(key, "")
    for y, line in enumerate(KEYS)
    for x, key in enumerate(line)
}
OLD = (
    ("j", "dj"),
    ("c", "tj"),
    ("u", "oe"),
    ("y", "j"),
    ("d", "dh"),
    ("t", "th"),
    ("o", "a"),
    ("i", "e"),
    ("f", "p"),
)


def spoil(word: str, chance: random.Random) -> str:
    """One slip of the finger in a word: a letter lost, doubled, extra, next door or swapped."""
    letters = [n for n, c in enumerate(word) if c.isalpha()]
    if len(letters) < 3:
        return word
    n = chance.choice(letters[1:] if chance.random() < 0.85 else letters)
    kind = chance.randrange(5)
    if kind == 0:
        return word[:n] + word[n + 1 :]
    if kind == 1:
        return word[:n] + word[n] + word[n:]
    if kind == 2 and n + 1 < len(word):
        return word[:n] + word[n + 1] + word[n] + word[n + 2 :]
    near = chance.choice(NEAR.get(word[n].lower(), word[n]))
    return word[:n] + near + word[n + (kind != 3) :]


def old_spelling(word: str, chance: random.Random) -> str:
    """A word as a grandparent writes it, or as it sounds in the next kabupaten."""
    fitting = [pair for pair in OLD if pair[0] in word]
    if not fitting:
        return word
    new, old = chance.choice(fitting)
    return word.replace(new, old, 1)


def dress(place: Place, parents: tuple[Place, ...], chance: random.Random) -> list[str]:
    """The words of an address in one of the orders and with some of the level words people use."""
    out = [_worded(each, chance) for each in (place, *parents)]
    if chance.random() < 0.15:
        out.reverse()
    return out


def _worded(place: Place, chance: random.Random) -> str:
    name = place.name.lower()
    if place.level == "kecamatan":
        return chance.choice(("", "", "kec ", "kec. ", "kecamatan ")) + name
    if place.level == "desa":
        return (
            chance.choice(("", "", "kel ", "kelurahan ") if place.is_kelurahan else ("", "", "desa ", "ds "))
            + name
        )
    kind, bare = name.split(" ", 1)
    if place.is_kota:
        return f"{kind} {bare}" if chance.random() < 0.4 else bare
    return chance.choice(("", "", "kab ", "kab. ")) + bare


def spoilt(places: Places, level: str, slips: int, size: int, seed: int) -> Iterator[tuple[str, str]]:
    """(typed, code) for a sample of places of one level with their parents, `slips` slips in the whole."""
    chance = random.Random(seed)
    pool = [k for kab in places.kabupaten() for k in places.children(kab.code)]
    if level == "desa":
        pool = [d for k in pool for d in places.children(k.code)]
    for place in chance.sample(pool, min(size, len(pool))):
        parents = places.parents(place.code)
        if level == "desa" and chance.random() < 0.5:
            parents = parents[:1]
        parts = dress(place, parents, chance)
        for _ in range(slips):
            n = chance.randrange(len(parts))
            head, _, tail = parts[n].rpartition(" ")
            tail = old_spelling(tail, chance) if chance.random() < 0.2 else spoil(tail, chance)
            parts[n] = f"{head} {tail}".strip()
        text = chance.choice((" ", " ", ", ")).join(parts)
        if chance.random() < 0.15:
            text = text.replace(" ", "", 1)
        text += chance.choice(("", "", "", " jatim", ", Jawa Timur"))
        yield chance.choice((text, text, text.upper(), text.title())), place.code
