### English. The original is Indonesian (id.ftl); same keys, same variables, same icons.

nama-bahasa = 🇬🇧 English
pilih_bahasa = Which language would you like?

## Lobby

mulai = Welcome. Here you can report a person in need: somebody mentally ill, elderly, a child, or neglected. It is free.
sapa = We are ready for your report. Please press Report, or just record your voice.
bantuan = Press Report, then answer one question at a time. Social workers read it. If there is danger, phone 110 or 119 first.
media_awal = We have received it. Shall we use it for a report?
tertunda = Your report has not been sent yet. Would you like to continue?
dibatalkan = All right, cancelled. We have sent nothing. You are welcome to report at any time.
selesai_baik = Thank you. You are welcome back at any time.
baik = All right.
tak_paham = Sorry, we did not understand. Please press one of the buttons, or record your voice.
edit_tak_terbaca = A changed message is not read here. Please send it again as a new one, or press Back.
gagal_dibaca = Sorry, we could not read your last message. Please send it again in other words. If there is danger, phone 110 or 119.
tombol_lama = That button is no longer valid. Please use the newest one.
sudah_dijawab = We have noted that already.
sudah_ikut = Received, it is now part of this report.
pertanyaan_pertama = This is the first question.
belum_ada_laporan = You have no reports yet.
nomor_tak_dikenal = That number is not among your reports. Please check it once more.
laporan_saya = Your reports:
laporan_baris = { $nomor }: { $status }
lihat = Report { $nomor }: { $status }.
lihat_janji = The next news comes { $hari } at { $jam } at the latest.

kata-ya = yes, y, yeah, ok, okay, sure, agree, agreed, right
kata-tidak = no, n, nope, not

b-lapor = 📝 Report
b-lapor-lain = 📝 Report again
b-bahaya = 🚨 Danger right now
b-laporan-saya = 🔎 My reports
b-lihat-laporan = 🔎 View report
b-bahasa = 🌐 Bahasa / Language
b-tugas = 📋 My tasks
b-selesai = 🏁 Finish
b-cukup = 🏁 That is all
b-ya-lapor = 📝 Yes, report
b-hapus = 🗑️ Delete
b-buang = 🗑️ Discard
b-lanjutkan = ▶️ Continue
b-lanjut = 📝 Continue reporting
b-kembali = ⬅️ Back
b-batal = 🗑️ Cancel
b-lewati = ⏭️ Skip
b-tidak-tahu = ❓ Don't know
b-tidak-ada = ✅ None of these
b-tidak = ❌ No
b-kosong = (empty)
b-salin-nomor = 📋 Copy number

## Danger

gawat = This bot does not call police or ambulance. Please phone now: { $telepon }. Move away, stay away. Once safe, report here.
gawat_sudah = Thank you. Please stay in a safe place. Do continue the report, so that social workers can act too.
gawat_takbisa = Please ask the neighbourhood head (RT), a neighbour, or the village office to phone. We note that the police have not been called. Please continue the report.
gawat_meninggal = We are sorry for the loss. Please do not move the body. Call the police (110) and the RT head. Does any family need help?
telepon-112 = 112
telepon-umum = 110 (police) or 119 (ambulance)
b-sudah-telepon = ✅ Already phoned
b-tidak-bisa-telepon = 📵 Cannot phone

## Report: the questions

setuju = Social workers read your report so that they can help. Your name is not told to the person you report or their family. Agreed?
setuju_lengkap = We keep the report, location, photos, voice, and your Telegram account. Only social workers read it; every opening is recorded. Telegram also stores it abroad. Do you agree?
b-setuju = ✅ Agree, continue
b-baca-lengkap = 📄 Read in full
b-tidak-jadi = ❌ No, never mind

siapa = Who is in need?
siapa-tetangga = 🏠 Neighbour / somebody else
siapa-keluarga = 👪 My family
siapa-jalan = 🛣️ Person on the street
siapa-sendiri = 🙋 Myself

jenis = What is the situation like? Please choose the closest one.
jenis-odgj = 🧠 Mental illness / chained
jenis-lansia = 👵 Elderly, not cared for
jenis-anak = 🧒 Child neglected / hurt
jenis-sakit = 🤒 Sick, nobody to care for them
jenis-disabilitas = ♿ Disability, not cared for
jenis-terlantar = 🎒 Neglected / stranded
jenis-kekerasan = 🩹 Beaten, threatened, molested
jenis-lain = ❓ Other / don't know
jenis-bencana = 🌊 Disaster
jenis-bansos = 💰 Question about social aid
bansos = For social aid (bansos), please ask the operator at the village office or phone 171. If somebody is sick or has no food, please report it here.
bencana = In a disaster, phone { $telepon } first. If an elderly person, a child, or a sick person has not been helped yet, please report it here.

bahaya = Is any of this happening now? Please choose the most serious one.
bahaya-odgj-serang = 🔪 Attacking / has a weapon
bahaya-odgj-bunuhdiri = 🆘 Wants to end their life
bahaya-odgj-pasung = ⛓️ Chained / locked in
bahaya-odgj-lapar = 🍚 Hungry, not eating / very sick
bahaya-odgj-telanjang = 👕 Without clothes
bahaya-odgj-hamil = 🤰 Pregnant / with a small child
bahaya-lansia-gawat = 🚑 Unconscious / breathless / badly hurt
bahaya-lansia-takbangun = 🛏️ Cannot get up, alone
bahaya-lansia-lapar = 🍚 Hungry, not eating
bahaya-lansia-diusir = ✋ Beaten / thrown out
bahaya-lansia-pasung = 🔒 Locked in
bahaya-anak-sakiti = 🩸 Being hurt now / injured
bahaya-anak-balita = 👶 Infant or toddler alone
bahaya-anak-seksual = 🙈 Sexually abused
bahaya-anak-rantai = ⛓️ Chained / locked in
bahaya-anak-lapar = 🍚 Hungry, not eating / sick
bahaya-sakit-gawat = 🚑 Unconscious / breathless / convulsions
bahaya-sakit-takbangun = 🛏️ Cannot get up, alone
bahaya-sakit-lapar = 🍚 Hungry, not eating
bahaya-sakit-balita = 🧒 Small child in the house
bahaya-disabilitas-gawat = 🚑 Unconscious / badly hurt
bahaya-disabilitas-pasung = ⛓️ Chained / locked in
bahaya-disabilitas-seksual = ✋ Beaten / sexually abused
bahaya-disabilitas-takbangun = 🛏️ Alone, cannot call anybody
bahaya-disabilitas-lapar = 🍚 Hungry, not eating
bahaya-terlantar-gawat = 🚑 Unconscious / very sick
bahaya-terlantar-hamil = 👶 With a small child / pregnant
bahaya-terlantar-lapar = 🍚 Hungry, not eating
bahaya-terlantar-malamini = 🌙 Tonight has no place to stay
bahaya-kekerasan-pelakudekat = 🏃 That person is still nearby
bahaya-kekerasan-serang = 🔪 Death threat / weapon
bahaya-kekerasan-gawat = 🩸 Injured / bleeding
bahaya-kekerasan-seksual = 🙈 Molested / raped
bahaya-kekerasan-balita = 🧒 Child in the house
bahaya-lain-serang = 🔪 Somebody is attacking
bahaya-lain-gawat = 🚑 Unconscious / badly hurt
bahaya-lain-meninggal = ⚫ Has already died
bahaya-lain-hilang = 🔍 Missing person
bahaya-lain-lapar = 🍚 Hungry, not eating
bahaya-tidak-ada = no danger was named
bahaya-belum-jelas = the danger is not clear yet

tempat = Where is the person now? Type the village and sub-district (kecamatan), or choose a button.
tempat_pin = Press the send-location button below. If you are far away: press 📎, choose Location, then move the point to where the person is.
tempat_temu = Which one do you mean? Please choose one.
tempat_dekat = Which sub-district is it? Please choose one.
tempat_desa = Roughly in which village? Please choose one.
tempat_tak_ketemu = Sorry, we could not find that place. Please write the name of the village and its sub-district.
daftar_kab = Please choose the district or city.
daftar_kec = { $kabupaten }: please choose the sub-district.
daftar_desa = { $kecamatan }: please choose the village or ward.
luar_jatim = Sorry, we serve East Java only. For other regions, please contact the local social office (Dinas Sosial) or lapor.go.id.
b-kirim-lokasi = 📍 I am nearby, send location
b-papan-location = 📍 Send location
b-lokasi = 📍 Location sent
b-daftar = 🗂️ Choose from a list
b-terdekat = 📍 { $tempat } (nearest)
b-bukan-semua = 🔁 None of these
b-desa-lain = 🔁 Another village
b-tempat-lain = 🔁 Choose another place
b-halaman-sebelum = ◀️ Previous
b-halaman-sesudah = ▶️ Next

patokan = What is close by? For example a mosque, market, or school. Please do not name your own house. A voice message is fine too.
kapan = When did you last see the person there?
kapan-sekarang = 👀 Now
kapan-hariini = ☀️ Today
kapan-kemarin = 📅 Yesterday
kapan-lama = 🗓️ Longer ago
kapan-dengar = 👂 Only heard about it
cerita = Please tell us briefly what you saw. You may type or record your voice. If you know them, give the name and rough age.
foto = No photo is needed. Please take none if it is dangerous, or if the person is undressed or a child.
b-tanpa-foto = ⏭️ No photo
b-foto = 📷 Photo received
b-suara = 🎙️ Voice received
ada_rekaman = 🎙️ recording or photo attached
ada_foto = 📷 photo attached
berkas_besar = That file is too large. Please send an ordinary photo or a shorter recording.
berkas_banyak = Those are enough photos. Thank you.
berkas_lain = Sorry, we cannot use that kind of file yet. Please send an ordinary photo or record your voice.

kontak = The social worker asks you questions through this bot without knowing your name. May they also phone you?
b-lewat-bot = 🤫 Through the bot only
b-boleh-telepon = 📞 Yes, send my number
nomor_hp = Please press the button below to send your own number.
b-papan-contact = 📞 Send my number
b-nomor-terkirim = 📞 Number sent
hp_orang_lain = Sorry, that is somebody else's number. Please send your own, or choose through the bot only.
hp_tombol = Please use the send-number button below, so that the number is right.

tinjau = Please check this first. Is it correct?
ubah = What would you like to change?
baris-siapa = Who
baris-jenis = Situation
baris-bahaya = Danger
baris-tempat = Place
baris-patokan = Landmark
baris-kapan = Last seen
baris-cerita = Story
baris-foto = Photo
baris-kontak = Contact
b-kirim = 📨 Send report
b-ubah = ✏️ Change
b-urung = ↩️ Keep as it is
b-jangan-lewat-kecamatan = 🚷 Bypass the sub-district worker
b-lewat-kecamatan = ☑️ Bypassing the sub-district worker

## The number

nomor = Thank you. Your report is saved. Report number: <b>{ $nomor }</b>. Please write it down.
nomor_sekarang = We are contacting the sub-district social worker now. The next news comes { $hari } at { $jam } at the latest.
nomor_besok = It is outside working hours now. We contact the social worker { $hari } at { $jam }. If things get worse, phone { $telepon }.
nomor_darurat = We are contacting the social worker now, but please do not wait for us. Phone { $telepon } now and stay in a safe place.
nomor_kabupaten = That sub-district has no social worker yet. We pass your report straight to the district. The next news comes { $hari } at { $jam } at the latest.
nomor_provinsi = That area has no social worker yet. We pass your report straight to the provincial team (JSC). The next news comes { $hari } at { $jam } at the latest.
nomor_langsung = Your report bypasses the sub-district worker and goes straight to the level above. The next news comes { $hari } at { $jam } at the latest.
nomor_buntu = No social worker can be contacted yet. We have told the administrators. If it is urgent, phone { $telepon } or contact the village office.
sudah_terkirim = This report was already sent, with number { $nomor }. There is no need to send it again.
saran_odgj = While waiting: please do not crowd or disturb the person, and do not move them to another place.
saran_pasung = Please do not undo the restraint yourself, and do not blame the family. The family needs support with the care too.
saran_lansia = If it is safe, please look in for a moment and offer something to drink.
saran_anak = Please do not question the child again and again, and do not confront the person you suspect.
saran_kekerasan = Please keep the evidence, and do not tell anybody in that house that you reported.
saran_seksual = Please do not bathe or wash the clothes yet, and go to a health centre (puskesmas) or hospital quickly. You can phone 129.
saran_terlantar = If the person is willing, please take them to a well-lit place: the village office, a police post, or a mosque.

## News for the reporter: number and status only

status-tersimpan = Saved
status-dihubungi = Social worker being contacted
status-petugas = With a social worker
status-menunggu = Still being handled, waiting
status-selesai = Finished
orang-tksk = the social worker of the kecamatan
orang-deputy = the deputy social worker
orang-koordinator = the district's coordinator
orang-dinsos = the district's social service
orang-jsc = the provincial team (JSC)
k_hubungi = Report { $nomor }: a social worker is being contacted. Without an answer { $hari } at { $jam }, we pass it on to { $lalu }.
k_naik = Report { $nomor }: { $siapa } is now being contacted too. The next news comes { $hari } at { $jam } at the latest.
k_lanjut = Report { $nomor }: a social worker is being contacted. The next news comes { $hari } at { $jam } at the latest.
k_terlambat = We are sorry, news of report { $nomor } is late. It is not lost, it is with { $siapa }. Next news { $hari } at { $jam } at the latest.
k_gangguan = We are sorry, the service was down from { $jam } to { $jam2 }. Report { $nomor } is safe and goes on.
k_sudah_telepon = Thank you, we noted it with report { $nomor }. Stay in a safe place, please do not go near.
k_tak_bisa_telepon = We noted it with report { $nomor }. Please ask a neighbour, the RT or the village office to phone now.
k_provinsi = Report { $nomor } was passed on to the provincial team (JSC). The next news comes { $hari } at { $jam } at the latest.
k_darurat_belum = Report { $nomor }: no social worker has answered yet. Please do not wait. Phone { $telepon } or contact the village office now.
k_diambil = Report { $nomor }: a social worker is now handling it. You do not need to go near.
k_menunggu = Report { $nomor } is still being handled, and waiting for something. It is not lost.
k_buntu = Report { $nomor } is saved, but no social worker can be contacted yet. Please contact the village office or phone { $telepon }.
t_umum = Report { $nomor } has been dealt with. Out of respect for those concerned, we do not share the details. Thank you for caring.
t_bukan = Report { $nomor }: a social worker has checked, and for now we do not need to act. Thank you for caring.

## The worker's card

urgensi-darurat = EMERGENCY
urgensi-mendesak = URGENT
urgensi-biasa = NORMAL
peran-tksk = sub-district social worker (TKSK)
peran-deputy = deputy sub-district social worker
peran-koordinator = district coordinator
peran-dinsos = district social office
peran-jsc = provincial team (JSC)
peran-jsc2 = provincial team (JSC)
peran-admin = administrator
peran-volunteer = village volunteer
siapa-peran-nama = { $peran } { $nama }
c_kepala = { $lampu } { $urgensi } · { $nomor }
tempat-tidak-tahu = place not clear yet
c_tugas-deputy = You are the deputy in { $tempat }. This report has no answer yet. Please help.
c_tugas-koordinator = For the coordinator, { $tempat }: nobody is handling this yet. Please take it or appoint somebody.
c_tugas-dinsos = For the district social office, { $tempat }: we ask for your decision.
c_tugas-jsc = For JSC, { $tempat }: nobody is handling this yet.
c_terlihat = Last seen: { $kapan }.
c_baru = Reported just now.
c_dilaporkan = Reported { $umur } ago.
c_berkas = 📎 Photos or recordings: { $jumlah }.
c_polisi_sudah = ☎️ The reporter has phoned the police or an ambulance.
c_polisi_belum = ☎️ The police have not been called. Please phone the local police station first.
c_aman = ⚠️ Please do not go alone. Wait for the police, Satpol PP, or the health centre.
c_pasung = ⛓️ Bring the health centre and village officials. Please leave the restraint on until there is a treatment plan.
c_anak = 🧒 Please do not question the child. Contact the child protection unit (UPTD PPA) or a child social worker.
c_jawab = Please answer before { $jam }. After that, the { $peran } is asked too.
c_diambil = ✅ Handled by the { $siapa } since { $jam }. Thank you.
c_berakhir = This report has ended. Nothing more needs to be done.
c_diteruskan = ↩️ We have passed it on. Thank you for answering.
c_menang = Thank you. You are now handling report { $nomor }.
c_menang_singkat = You are now handling { $nomor }.
c_keduluan = Report { $nomor } is already handled by the { $siapa }. Thank you for being ready.
c_sudah_milik = You are already handling report { $nomor }.
c_banyak = { $jumlah } reports wait for your answer. The most urgent ones come first.
c_banyak_grup = { $jumlah } reports have no worker. Press a number to take it (JSC).
c_basi = This button is no longer valid. Report { $nomor }: { $status }.
c_bukan_hak = Sorry, this report is not in your area of duty.
c_dibaca = Opened. Will you take it?
c_dibaca_singkat = Opened in our private chat.
c_sudah_semua = Everybody for report { $nomor } has been contacted. We contact them again { $hari } at { $jam } at the latest.
c_dinaikkan = We are raising report { $nomor } now. Thank you.
c_urung = All right, report { $nomor } is open again.
c_kembali = All right, we are passing report { $nomor } on. Thank you.
b-saya-tangani = ✅ I'll take it
b-buka-rincian = 📖 Open details
b-eskalasi = ⏫ Escalate now
b-tidak-bisa = ↩️ Can't take it
b-pegang-jsc = ✋ I'll take it (JSC)
b-jadi-tangani = ↩️ I'll take it after all
b-salah-pencet = ↩️ Pressed by mistake
b-kembalikan = 🔁 Give it back
b-selesai-kasus = 🏁 Finished
b-dikerjakan = 🚗 Working on it
b-menunggu = ⏳ Waiting for …
tunggu-identitas = 🪪 Identity papers / Dukcapil
tunggu-keluarga = 👪 Family being sought
tunggu-pendekatan = 🤝 Talks with the family (pasung)
tunggu-rsj = 🏥 Bed in a mental hospital (RSJ)
tunggu-panti = 🏠 Place in a care home / UPT
tunggu-surat = 📄 Letter from Dinsos
tunggu-jaminan = 💳 Health insurance
tunggu-polisi = 🚓 Police proceedings
tunggu-cuaca = ⛴️ Boat / weather
b-tunggu-1 = 📅 Tomorrow
b-tunggu-3 = 📅 3 days
b-tunggu-7 = 📅 1 week
b-tunggu-14 = 📅 2 weeks
w_tunggu_apa = Report { $nomor }: what is it waiting for? Please choose one.
w_tunggu_lama = Report { $nomor } waits for { $alasan }. When shall we ask again?
w_menunggu = All right, report { $nomor } waits for { $alasan }. We ask again { $hari } at { $jam }.
w_tetap = All right, nothing has changed. Report { $nomor } stays with you.
c_menunggu = ⏳ Waiting for { $alasan }, until { $hari }.
w_pertama = First step: phone the village officials and the health centre. Please never mention that somebody reported.
w_lupa = You took report { $nomor } { $umur } ago. How is it now?
w_lanjut = Thank you. Report { $nomor } stays with you. We ask again { $hari } at { $jam }.
w_lepas = As there was no news, we are passing report { $nomor } on. You may still take it again.
t_tugas = Your tasks: { $menunggu } waiting for an answer, { $dipegang } in hand.
t_tugas_tunggu = ⏳ { $nomor }: { $alasan }, until { $hari }

d_tanya = Thank you for telling us. What is the reason, so that we can pass it on quickly?
d_selesai = All right, we are passing report { $nomor } on. Thank you for answering.
d_singkat = All right, we are passing it on.
alasan-bukan_wilayah = 📍 Not my area
alasan-luar_kota = 🧳 Out of town
alasan-sakit = 🤒 Sick at the moment
alasan-kasus_lain = 🏃 Handling another case
alasan-tidak_aman = ⚠️ Unsafe alone
alasan-kerabat = 👪 Relative / close acquaintance
alasan-kendaraan = 🛵 No vehicle
alasan-polisi_medis = 🚓 Police / medical matter
alasan-lain = ✍️ Other reason

o_tanya = Report { $nomor }: how did it end? Please choose one.
o_selesai = Report { $nomor } is finished. Thank you.
hasil-tertolong = 🤝 Helped
hasil-bukan_kasus = ☑️ Checked, no need

r_judul = Details { $nomor }
r_patokan = Landmark:
r_cerita = What the reporter saw:
r_titik = 🗺️ Approximate point: { $lat }, { $lon }
r_telepon = 📞 The reporter may be phoned: { $nomor }
r_lewat_bot = 🤫 The reporter has not shared a number.

## The ladder

l_ingat = Please answer: { $nomor }. The limit is { $jam }.
l_terakhir = At { $jam } we pass report { $nomor } on to { $peran }. You may still take it.
l_ingat_terus = Please answer: { $nomor } is still waiting.
l_ulang = { $lampu } { $nomor } still has nobody. Reported { $umur } ago. Please take it.
l_jsc_grup = Nobody is handling this yet. Details are in the private chat only.
l_kosong = { $tempat } has no worker who can be contacted. Report { $nomor } goes straight to the { $peran }.
l_buntu = 🔴 Report { $nomor }: nobody at all can be contacted. Please invite workers soon.
l_tak_terjangkau = 📵 The bot cannot reach the { $peran } in { $tempat }. Please ask them to open the bot again.
l_grup_hilang = 📵 The bot cannot reach the JSC group. Please add it to that group again.
l_gagal = ⚠️ One message of a resident could not be read and was set aside. Please check the bot's log.
l_libur_belum_tahu = 📅 We do not know the holidays of { $tahun } yet. Please fill [holidays] in the settings file, so that working days are counted right.
l_webhook_mati = 📵 JSC's system cannot be reached since { $jam }. We keep its news and send it in order later. Please check.
l_webhook_pulih = ✅ JSC's system can be reached again. What was waiting is being sent.
l_webhook_hangus = ⚠️ Some news for JSC's system did not arrive for seven days. We try it no more.
l_surel_mati = 📵 Mail does not leave since { $jam }. Please check the mail server and the addresses.
l_surel_pulih = ✅ Mail leaves again.
l_surel_hangus = ⚠️ Some mail did not leave for seven days. We try it no more.
ulangan = (repeated)

## Mail: a number and nothing else

m_judul = { $nomor }: open the bot
m_isi = { $nomor }: open the bot. { $tautan }
m_judul_pengelola = Tersapa: please check
m_telegram_mati = Telegram takes no messages of the bot since { $jam }. Reports are kept. Please check the network and the bot's token.
m_telegram_pulih = Telegram takes messages of the bot again. What was waiting is being sent.

## Leave and duty

cuti_tanya = Are you on leave as well? Meanwhile reports go to the next person at once.
b-cuti-1 = 🧳 1 day of leave
b-cuti-3 = 🧳 3 days of leave
b-cuti-7 = 🧳 7 days of leave
b-cuti-14 = 🧳 14 days of leave
b-tidak-cuti = ☀️ No, only today
cuti_tidak = All right. Thank you for telling us.
cuti_mulai = All right, you are on leave until { $hari } at { $jam }. We pass on what waited for you.
cuti_dipegang = What you are handling stays with you: { $jumlah }. If needed, press Give back on the report.
cuti_selesai = Welcome back. New reports come to you here again.
b-kembali-kerja = 🙋 I am back
a_cuti = 🧳 { $peran }, { $tempat }: on leave until { $hari } at { $jam }. Reports go to the next person at once.
l_piket = Who is on duty from now on, { $hari }? Reports that climb go to that person.
piket_siapa = Who is on duty, { $hari }?
piket_sudah = On duty { $hari }: { $nama }. Thank you.
piket-tanpa-nama = { $peran } number { $urutan }
b-saya-piket = 🙋 I am on duty
b-tunjuk-piket = 👤 Name somebody else
b-ganti-piket = 👤 Change
a_gangguan = ⚠️ The service was down from { $hari } { $jam } to { $jam2 }. Cases that came due: { $jumlah } ({ $nomor }).

## `tersapa ladder`, at a terminal

tangga-judul = Ladder { $urgensi }: { $tempat } ({ $kode })
tangga-masuk = Report accepted { $kapan } WIB, { $tahun }.
tangga-bawaan = Rules: the usual ones.
tangga-khusus = Rules: an override for { $tempat }.
tangga-daftar = People: from the database.
tangga-rekaan = People: imaginary, one for each role, because there is no database yet.
tangga-kolom-waktu = Time (WIB)
tangga-kolom-tingkat = Rung
tangga-kolom-siapa = Asked
tangga-kolom-keterangan = Remarks
tangga-orang = { $peran } ({ $jumlah })
tangga-pengingat = reminder
tangga-ulangan = again, on and on until somebody answers
tangga-buntu = nobody can be asked; the admins are told
tangga-ditahan = held until { $kapan }
tangga-cuti = { $peran }: on leave until { $kapan }, skipped
tangga-nihil-vacant = { $peran }: nobody, skipped
tangga-nihil-unbound = { $peran }: has not opened the invitation, skipped
tangga-nihil-unreachable = { $peran }: out of the bot's reach, skipped
tangga-nihil-asked = { $peran }: asked already
tangga-hari-libur = { $hari } is a holiday ({ $nama }); the ladder goes on.
tangga-peran-tksk = TKSK
tangga-peran-deputy = deputy
tangga-peran-koordinator = koordinator
tangga-peran-dinsos = Dinsos
tangga-peran-jsc = JSC
tangga-peran-jsc2 = JSC, second name
tangga-diambil = If somebody takes it { $kapan }, he must be heard at the latest:
tangga-pertama = first word: { $kapan }
tangga-kunjungan = visited: { $kapan }
tangga-lanjut = next word, 14 working days later: { $kapan }
tangga-libur = { $hari } does not count: { $nama }
tangga-libur-belum-tahu = The holidays of { $tahun } are not known yet, so dates may move. Please fill [holidays].
## The morning summary

r_kepala = Good morning. { $hari }, { $tanggal }.
r_kepala_jam = 📊 Summary of { $hari }, { $tanggal }, at { $jam }.
r_hari_lain = 📊 Summary of { $hari }, { $tanggal }.
r_pertama = 👉 Please open first: { $nomor }, { $tempat }, { $urgensi }, { $umur } without a worker.
r_pertama_telat = 👉 Please open first: { $nomor }, { $tempat }, { $urgensi }, { $umur } late.
r_gawat = 👉 Most pressing: { $nomor }, { $tempat }, { $urgensi }, { $umur } without a worker.
r_gawat_telat = 👉 Most pressing: { $nomor }, { $tempat }, { $urgensi }, { $umur } late.
r_tenang = 👍 Every report has a worker and none is late.
r_tanpa = 🔴 Without a worker: { $jumlah }
r_tanpa_merah = 🔴 Without a worker: { $jumlah }, at the end of the ladder: { $merah }
r_telat = 🟠 Late: { $jumlah }
r_menunggu = ⏳ Waiting: { $jumlah }
r_tunggu = ⏳ { $alasan }, until { $hari }
r_kemarin = 🆕 New yesterday: { $masuk } · ✅ Finished: { $selesai }
r_sepi = No new reports yesterday.
r_kosong = 📵 Sub-districts with nobody: { $jumlah }
r_dinsos = social office of { $tempat }
r_piket = 🙋 On duty, { $di }: { $nama }.
r_piket_ada = 🙋 On duty, { $di }: somebody is.
r_piket_belum = 🙋 On duty, { $di }: nobody yet.
r_piket_kosong = Districts with nobody on duty: { $jumlah }
r_dibaca = ✅ Read at { $jam }.
r_terima_kasih = Thank you.
r_dulu = 👉 First: { $nomor }, before { $jam } { $hari }.
r_dulu_lewat = 👉 First: { $nomor }. Its deadline has passed.
r_bebas = 👍 No report is waiting for you.
r_masuk = 🆕 New on { $hari }, { $tanggal }: { $jumlah }
r_wilayah = 🗺️ By area, at { $jam }:
r_arti = 🔴 without a worker · 🟠 late · ⏳ waiting · 🆕 new · ✅ finished · 📵 nobody
r_daftar_kosong = 👍 This list is empty now.
r_lagi = and { $jumlah } more
b-ringkasan = 📊 Summary
b-buka = 👉 Open { $nomor }
b-tanpa = 🔴 Without a worker ({ $jumlah })
b-telat = 🟠 Late ({ $jumlah })
b-daftar-menunggu = ⏳ Waiting ({ $jumlah })
b-masuk = 🆕 New yesterday ({ $jumlah })
b-tanpa-petugas = 📵 With nobody ({ $jumlah })
b-wilayah = 🗺️ By area
b-sudah-dibaca = ✅ I have read it

## Invites

petugas_nomor = For workers only: press the button below to send your own number.
petugas_tak_dikenal = Your number is not on the list of workers yet. Please ask the administrator. To report somebody, press /lapor.
hp_orang_lain_saja = Sorry, that is somebody else's number. To report somebody, press /lapor.
undangan-terikat = Welcome aboard. Your role: { $peran }, { $tempat }. New reports will arrive here.
undangan-pengelola = Welcome aboard. Your role: { $peran }, { $tempat }. Alarms and summaries will arrive here.
undangan-unknown = Sorry, we do not know this invitation. Please ask the administrator for a new link.
undangan-used = This invitation has been used already. Please ask the administrator for a new link.
undangan-expired = This invitation has expired. Please ask the administrator for a new link.
a_terikat = New member: { $peran }, { $tempat }.

## Times

hari-ini = today
hari-besok = tomorrow
hari-tanggal = { $hari } { $tanggal }
hari-senin = Monday
hari-selasa = Tuesday
hari-rabu = Wednesday
hari-kamis = Thursday
hari-jumat = Friday
hari-sabtu = Saturday
hari-minggu = Sunday
tanggal = { $hari } { $bulan } { $tahun }
bulan-1 = January
bulan-2 = February
bulan-3 = March
bulan-4 = April
bulan-5 = May
bulan-6 = June
bulan-7 = July
bulan-8 = August
bulan-9 = September
bulan-10 = October
bulan-11 = November
bulan-12 = December
umur-menit = { $jumlah } min
umur-jam = { $jumlah } h
umur-hari = { $jumlah } days

## Bot profile and menu

profil-nama = Tersapa
profil-singkat = Report a person in need in East Java.
profil-panjang = Report a person in need in East Java: somebody mentally ill, elderly, a child, or neglected. It is free. If there is danger, phone 110 or 119 first.
perintah-lapor = Report a person in need
perintah-status = My reports
perintah-batal = Cancel what you are filling in
perintah-bahasa = Change language
perintah-bantuan = How to use this bot
perintah-tugas = My tasks
perintah-ringkasan = Summary of today
