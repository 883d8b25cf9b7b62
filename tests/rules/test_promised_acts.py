"""No sentence promises an act without a deed (row 157): each is tied to a story that shows the deed, or to a button.

A text that names an act of ours ("kami teruskan", "tercatat"), a moment of ours ("kabar berikutnya") or an act that
it asks for ("tekan …", "mohon ditangani") stands in the table below. One that is not there is refused, and so is a
row whose story or button is gone.
"""

import ast
import re
from pathlib import Path

from bot.core import buttons
from bot.texts.catalog import ORIGINAL
from tests.rules.catalogs.reading import catalog

HERE = Path(__file__).parents[1]
OURS = (
    r"kami (?:catat|hubungi|kirim|simpan|terima|tambahkan|teruskan|naikkan|tanyakan|coba|kenal|ketahui|serahkan)|"
    r"kami (?:beritahukan|sampaikan|menyimpan|beri tahu)|"
    r"kami buka lagi|dibaca atasan|"
    r"tercatat|tersimpan|aman dan dilanjutkan|diteruskan|dihubungi|kabar berikutnya|akan masuk|terbuka|"
    r"boleh (?:mengambil|kembali|melapor lagi)|langsung ke|kembali ke"
)
ASKED = (
    r"\btekan\b|mohon (?:ditangani|ditunjuk|keputusan|dijawab|bantu|diperiksa|dibuka|diminta|isi|segera|pilih)|tolong"
)
ACT = re.compile(f"{OURS}|{ASKED}", re.IGNORECASE)

AGAIN = "test_open_again"
NEWS, DESK, LEAVE, WAIT = "test_news", "test_desk", "test_absence", "test_waiting"
FROM_TO = "test_leave"
MORE, BACK, END, RIGHT = "test_additions", "test_taking_back", "test_after_end", "test_correcting"
HIDDEN, SEEN, NOTE = "test_hidden", "test_pictures", "test_notes"
PHONE, COMPANY = "test_phone", "test_company"
RARE, FIXED = "test_news_is_rare", "test_fixed_clock"
EYES = "test_fresh_eyes_again"
SAFETY, CHAT, JSC, MAIL = "test_words_of_safety", "test_anything", "test_jsc", "test_mail"
TABLE: dict[str, str] = {
    # the lobby
    "mulai": "Menu",
    "sapa": "Menu",
    "bantuan": "Menu",
    "media_awal": f"{CHAT}.test_what_comes_before_the_first_question_is_offered_for_a_report",
    "dibatalkan": "test_back.test_a_restart_at_any_step_resumes_and_cancel_forgets",
    "selesai_baik": "Menu",
    "lanjut_nanti": "Nav",
    "w_bantuan_ambil": f"{DESK}.test_a_refusal_with_a_reason_asks_the_next_person_at_once",
    "w_telepon": f"{PHONE}.test_a_card_that_climbs_names_who_was_asked_and_their_number",
    "w_ditanya": f"{PHONE}.test_a_card_that_climbs_names_who_was_asked_and_their_number",
    "w_catatan": f"{NOTE}.test_with_several_cases_the_one_is_chosen_and_silence_takes_the_one_that_was_named",
    "w_catatan_mana": f"{NOTE}.test_with_several_cases_the_one_is_chosen_and_silence_takes_the_one_that_was_named",
    "w_catatan_ada": f"{NOTE}.test_a_note_is_two_presses_at_most_counts_as_a_word_and_the_next_owner_reads_it",
    "w_catatan_singkat": f"{NOTE}.test_a_note_is_two_presses_at_most_counts_as_a_word_and_the_next_owner_reads_it",
    "w_catatan_bukan": f"{NOTE}.test_with_several_cases_the_one_is_chosen_and_silence_takes_the_one_that_was_named",
    "c_diserahkan": "test_handing.test_until_they_accept_the_owner_has_it_and_then_they_have",
    "c_teman_jawab": f"{COMPANY}.test_taken_and_company_asked_for_and_the_case_stays_where_it_is",
    "w_teman_terima": f"{COMPANY}.test_taken_and_company_asked_for_and_the_case_stays_where_it_is",
    "w_teman_diam_koordinator": f"{COMPANY}.test_nobody_answers_in_time_and_a_late_yes_still_counts",
    "l_teman": f"{COMPANY}.test_nobody_answers_in_time_and_a_late_yes_still_counts",
    "alasan_lagi": "Pick",
    "alasan_lewat": "test_passing_on.test_a_reason_that_comes_too_late_is_kept_nowhere",
    "w_catatan_lepas": f"{NOTE}.test_a_reply_to_a_card_is_its_note_without_a_question",
    "tak_paham": "Pick",
    "edit_tak_terbaca": "Nav",
    "awal_lewat": "test_kept_or_said.test_what_nobody_took_up_is_not_forgotten_in_silence",
    "banyak_pesan": "test_fair.test_who_sends_very_much_is_told_once_and_nothing_is_lost",
    "sudah_dijawab": "test_intake.test_a_press_whose_only_answer_is_a_toast_is_answered_through_a_fault",
    "sudah_ikut": f"{CHAT}.test_more_words_after_the_story_go_on_with_it",
    "tempat_satu": "Pick",
    "nomor_tak_dikenal": "ShowReport",
    "lihat_janji": f"{NEWS}.test_whoever_climbs_is_named_by_role_and_the_promise_is_kept",
    # care with pictures
    "jangan_gambar": f"{SEEN}.test_of_sexual_harm_nothing_that_can_be_seen_is_kept",
    "jangan_gambar_tulisan": f"{SEEN}.test_after_the_number_the_words_are_kept_and_the_worker_learns_of_the_picture",
    "gambar_dihapus": f"{SEEN}.test_what_was_kept_is_dropped_when_it_is_said_to_be_sexual",
    "gambar_terjaga": f"{SEEN}.test_of_a_child_it_is_kept_and_opened_by_the_owner_only_with_a_tap",
    "c_gambar_ditawarkan": f"{SEEN}.test_of_sexual_harm_nothing_that_can_be_seen_is_kept",
    "c_gambar_diketuk": "Pictures",
    "w_gambar_dibuka": f"{SEEN}.test_of_a_child_it_is_kept_and_opened_by_the_owner_only_with_a_tap",
    "w_gambar_ditawarkan": f"{SEEN}.test_after_the_number_the_words_are_kept_and_the_worker_learns_of_the_picture",
    # whoever is harmed
    "diri_aman": f"{HIDDEN}.test_who_is_harmed_says_how_they_may_be_reached_and_the_worker_reads_it_first",
    "aman_lewat_siapa": f"{HIDDEN}.test_who_is_harmed_says_how_they_may_be_reached_and_the_worker_reads_it_first",
    "aman_jam": f"{HIDDEN}.test_hours_are_asked_for_and_then_a_number_and_who_is_unsure_is_not_phoned",
    "nomor_aman": f"{HIDDEN}.test_after_the_number_all_can_be_hidden_too",
    "nomor_petugas": f"{HIDDEN}.test_who_is_harmed_says_how_they_may_be_reached_and_the_worker_reads_it_first",
    "nomor_terus_dicoba": f"{HIDDEN}.test_where_nobody_can_be_asked_that_is_said",
    # after the number
    "salam_balas": f"{MORE}.test_when_does_somebody_come_gets_the_state_and_the_next_news",
    "salam_waktu": "Menu",
    "untuk_laporan": f"{MORE}.test_words_after_the_number_reach_whoever_has_the_case_after_ten_minutes",
    "betul_ikut": f"{EYES}.test_words_within_a_correction_go_to_the_worker_with_it",
    "untuk_laporan_segera": f"{EYES}.test_in_darurat_calm_words_reach_the_worker_within_a_minute",
    "untuk_laporan_mana_segera": f"{EYES}.test_in_darurat_calm_words_reach_the_worker_within_a_minute",
    "untuk_laporan_mana": f"{MORE}.test_two_reports_are_told_apart",
    "sudah_tambah": f"{MORE}.test_words_after_the_number_reach_whoever_has_the_case_after_ten_minutes",
    "tambah_dicatat": f"{MORE}.test_a_press_adds_it_at_once_and_while_nobody_has_it_the_card_says_so",
    "tambah_bukan": f"{MORE}.test_it_may_be_another_report_or_none",
    "hidup_tambah_bahaya": "test_danger_after_number.test_despair_after_the_number_reaches_the_owner_as_despair",
    "diri_tambah_bahaya": "test_said_in_passing.test_who_was_harmed_and_is_afraid_again_is_asked_at_once",
    "tambah_bahaya": f"{MORE}.test_words_of_danger_reach_the_owner_at_once_and_yes_makes_the_case_darurat",
    "naik_darurat": f"{MORE}.test_while_nobody_has_it_everybody_awaited_is_rung_and_the_ladder_begins_anew",
    "naik_darurat_petugas": f"{MORE}.test_words_of_danger_reach_the_owner_at_once_and_yes_makes_the_case_darurat",
    "naik_darurat_buntu": f"{MORE}.test_where_nobody_can_be_asked_danger_is_not_said_to_ring",
    "tarik_tanya": "TakeBack",
    "tarik_catat": f"{BACK}.test_who_may_be_forced_reads_neutral_words_and_the_workers_are_warned",
    "tarik_lanjut": f"{BACK}.test_somebody_has_it_and_it_goes_on",
    "l_tarik": f"{BACK}.test_who_may_be_forced_reads_neutral_words_and_the_workers_are_warned",
    "l_bahaya": f"{MORE}.test_while_nobody_has_it_everybody_awaited_is_rung_and_the_ladder_begins_anew",
    # after the end
    "t_umum_tanya": f"{END}.test_it_helped_and_is_counted",
    "k_tetap_selesai_tanya": f"{END}.test_the_family_is_asked_by_their_clock",
    "t_puas": f"{END}.test_it_helped_and_is_counted",
    "t_belum": f"{END}.test_silence_opens_it_at_the_promised_minute",
    "t_buka": f"{END}.test_so_again_rings_everybody_anew_and_news_goes_on",
    "t_buka_lain": f"{END}.test_not_the_same_worker",
    "keluhan": f"{END}.test_it_did_not_help_and_the_words_go_to_whoever_is_above",
    "keluhan_simpan": f"{END}.test_where_nobody_is_above_it_is_kept_and_said_so",
    "w_keluhan": f"{END}.test_it_did_not_help_and_the_words_go_to_whoever_is_above",
    "keluhan_lain": f"{END}.test_after_the_words_too_somebody_else_is_asked",
    "r_puas": f"{END}.test_it_helped_and_is_counted",
    # corrected
    "betul_anew": f"{RIGHT}.test_a_wrong_place_is_asked_about_where_it_is",
    "betul_tanya": f"{RIGHT}.test_after_taking_the_owner_decides",
    "w_dibetulkan": f"{RIGHT}.test_a_wrong_place_is_asked_about_where_it_is",
    "w_pindah": f"{RIGHT}.test_out_of_the_owners_area_others_are_asked",
    # danger
    "gawat_takbisa": "test_report_flow.test_whom_to_phone_is_said_first_and_112_only_where_it_answers",
    "gawat_meninggal": "test_report_flow.test_a_death_is_for_the_police_first",
    # the report
    "setuju": "test_identity.test_none_of_twelve_values_reaches_anybody",
    "jawab_baca": "test_identity.test_none_of_twelve_values_reaches_anybody",
    "jawab_hapus": "test_hidden.test_who_wants_their_data_deleted_reads_what_hiding_does_and_whom_to_ask",
    "jawab_hapus_pengelola": "test_hidden.test_who_wants_their_data_deleted_reads_what_hiding_does_and_whom_to_ask",
    "jawab_takut": "test_hidden.test_hiding_leaves_nothing_on_the_screen_and_loses_nothing",
    "setuju_dulu": "test_questions_answered.test_lapor_at_the_consent_is_asked_for_it_with_a_hint",
    "setuju_lengkap": "test_identity.test_none_of_twelve_values_reaches_anybody",
    "kontak": "test_identity.test_none_of_twelve_values_reaches_anybody",
    "siapa": "Pick",
    "diri_pin": "test_place_step.test_three_ways_through_the_chat",
    "tempat_pin": "test_place_step.test_three_ways_through_the_chat",
    "tempat_temu": "Pick",
    "tempat_dekat": "Pick",
    "tempat_desa": "Pick",
    "tempat_banyak": "Pick",
    "tempat_patokan": "test_place_talk.test_a_landmark_alone_is_kept_and_the_place_is_asked_for",
    "patokan_lagi": "test_place_talk.test_landmark_words_reach_whoever_goes_there",
    "keluarga_patokan_lagi": "test_place_talk.test_landmark_words_reach_whoever_goes_there",
    "diri_patokan_lagi": "test_place_talk.test_landmark_words_reach_whoever_goes_there",
    "daftar_kab": "Pick",
    "daftar_kec": "Pick",
    "daftar_desa": "Pick",
    "daftar_kec_nama": "Pick",
    "daftar_desa_nama": "Pick",
    "nomor_hp": f"{CHAT}.test_only_the_own_number_is_taken",
    "cerita_lagi": "test_media_kinds.test_a_recording_before_the_story_is_asked_only_asks_for_more",
    "tinjau": "Pick",
    "wakil_patokan_lagi": "Pick",
    "c_tanya-warga": "test_on_behalf.test_the_residents_own_number_is_typed_and_the_card_says_whom_to_ask",
    "c_tanya-pelapor": "test_on_behalf.test_the_number_of_whoever_reports_or_none",
    "t_umum_wakil": "test_on_behalf.test_every_piece_of_news_of_a_taking_and_an_end_has_its_own_words",
    "t_umum_tanya_wakil": "test_on_behalf.test_every_piece_of_news_of_a_taking_and_an_end_has_its_own_words",
    "tinjau_petugas": "test_worker_reports.test_in_the_own_kecamatan_the_report_is_theirs_with_the_sending",
    "cepat_kirim_petugas": "test_worker_reports.test_on_the_quick_path_too",
    "nomor_diteruskan": "test_worker_reports.test_sent_on_the_next_rung_is_asked_at_once_and_admins_hear_of_no_hole",
    "nomor_luar": "test_service_area.test_a_calm_report_is_stored_listed_once_a_day_and_climbs_no_rung",
    "k_luar_layanan": "test_service_area.test_a_calm_report_is_stored_listed_once_a_day_and_climbs_no_rung",
    "d_luar_layanan": "test_service_area.test_jsc_takes_one_from_the_list_and_gives_it_back_to_the_list",
    "bencana": "test_report_flow.test_a_question_for_others_ends_in_one_message_and_no_case",
    # the number
    "nomor": "test_story.test_a_report_is_taken_and_the_reporter_hears_it",
    "nomor_sekarang": "test_story.test_an_unanswered_report_climbs",
    "nomor_besok": f"{NEWS}.test_a_report_at_night_hears_in_the_morning_that_somebody_is_asked_and_until_when",
    "nomor_darurat": f"{NEWS}.test_in_darurat_the_reporter_is_told_after_a_quarter_of_an_hour_not_to_wait",
    "nomor_kabupaten": f"{NEWS}.test_where_the_kecamatan_has_nobody_the_receipt_says_it_and_no_news_repeats_it",
    "nomor_provinsi": f"{NEWS}.test_where_the_kecamatan_has_nobody_the_receipt_says_it_and_no_news_repeats_it",
    "nomor_langsung": f"{SAFETY}.test_past_the_kecamatan_means_the_kabupaten",
    "nomor_buntu": f"{SAFETY}.test_nobody_at_all_is_said_without_an_admin_who_does_not_exist",
    "saran_diri_kekerasan": f"{SAFETY}.test_whoever_is_beaten_reads_a_number_with_less_danger_too",
    # news
    "status-tersimpan": f"{CHAT}.test_the_number_can_be_copied_asked_for_and_is_given_once",
    "status-dihubungi": "test_story.test_an_unanswered_report_climbs",
    "k_hubungi": f"{NEWS}.test_a_ping_that_arrives_late_moves_the_promise",
    "k_naik": f"{NEWS}.test_whoever_climbs_is_named_by_role_and_the_promise_is_kept",
    "k_nanti": f"{AGAIN}.test_at_night_reporters_read_when_somebody_is_asked",
    "k_lanjut_nanti": f"{AGAIN}.test_nobody_is_asked_now_and_the_reporter_hears_no_more_than_that",
    "k_lanjut": f"{NEWS}.test_given_back_and_undone_the_reporter_hears_that_it_goes_on",
    "k_terlambat": f"{NEWS}.test_the_end_of_the_ladder_is_not_silent_to_the_reporter_and_not_a_storm",
    "k_masih": f"{NEWS}.test_the_end_of_the_ladder_is_not_silent_to_the_reporter_and_not_a_storm",
    "k_darurat_lepas": f"{EYES}.test_in_darurat_it_is_said_at_once_that_nobody_has_it_any_more",
    "k_darurat_belum": f"{RARE}.test_two_darurat_that_nobody_answers_do_not_flood_their_reporter",
    "k_tetap": f"{FIXED}.test_what_happens_to_a_case_changes_no_time_of_its_news",
    "k_tetap_darurat": f"{FIXED}.test_in_darurat_the_fixed_clock_says_not_to_wait",
    "k_tetap_maaf": f"{FIXED}.test_a_fixed_clock_that_stood_still_says_sorry_and_goes_on",
    "k_gangguan": f"{NEWS}.test_after_an_outage_reporters_and_admins_hear_what_it_meant",
    "k_sudah_telepon": f"{NEWS}.test_in_darurat_the_reporter_is_told_after_a_quarter_of_an_hour_not_to_wait",
    "k_sudah_telepon_diri": f"{SAFETY}.test_whoever_reports_for_themselves_reads_nothing_about_somebody_else",
    "k_tak_bisa_telepon": f"{NEWS}.test_in_darurat_the_reporter_is_told_after_a_quarter_of_an_hour_not_to_wait",
    "k_provinsi": f"{NEWS}.test_the_end_of_the_ladder_is_not_silent_to_the_reporter_and_not_a_storm",
    "k_buntu": f"{LEAVE}.test_everybody_away_and_nobody_above_is_red_and_told",
    "t_umum": f"{DESK}.test_selesai_ends_the_case_and_the_reporter_hears_no_detail",
    # the worker
    "c_tugas-deputy": f"{SAFETY}.test_a_deputy_does_not_read_that_nobody_answered_when_somebody_did",
    "c_tugas-ppa": "Take",
    "c_tugas-koordinator": "Take",
    "c_tugas-dinsos": "Take",
    "c_jawab": "test_story.test_an_unanswered_report_climbs",
    "c_banyak_grup": "Take",
    "c_dilepas": f"{AGAIN}.test_a_silent_owner_loses_the_case_and_hears_who_takes_it",
    "c_diteruskan": f"{DESK}.test_a_refusal_with_a_reason_asks_the_next_person_at_once",
    "c_sudah_semua": f"{DESK}.test_eskalasi_sekarang_climbs_once_however_often_it_is_pressed",
    "c_dinaikkan_nanti": f"{DESK}.test_eskalasi_at_night_says_when_the_next_one_is_rung",
    "c_dinaikkan": f"{DESK}.test_eskalasi_sekarang_climbs_once_however_often_it_is_pressed",
    "c_urung": f"{DESK}.test_salah_pencet_works_for_two_minutes_and_for_the_winner_only",
    "c_kembali": f"{DESK}.test_who_was_never_asked_because_it_was_taken_is_asked_when_it_is_given_back",
    "w_tunggu_apa": "Hold",
    "w_tunggu_lama": "Hold",
    "w_menunggu": f"{WAIT}.test_from_the_button_to_the_day_and_a_silent_owner_is_climbed_past",
    "w_lanjut": "Progress",
    "w_bertemu": "test_workdays.test_after_the_first_word_comes_the_visit_and_then_fourteen_working_days_over_lebaran",
    "w_tak_disimpan": "Menu",
    "w_tak_ketemu": "test_workdays.test_words_alone_do_not_keep_a_case_that_nobody_visits",
    "w_teruskan": "test_workdays.test_words_alone_do_not_keep_a_case_that_nobody_visits",
    "w_teruskan_saja": f"{DESK}.test_an_owner_of_whom_nothing_is_heard_is_asked_twice_and_then_it_climbs",
    "w_lepas_ke": "test_workdays.test_words_alone_do_not_keep_a_case_that_nobody_visits",
    "l_pemegang": f"{LEAVE}.test_an_owner_who_blocked_the_bot_loses_the_case_and_the_koordinator_hears_why",
    "w_dibuka_lagi": f"{AGAIN}.test_everybody_awaited_is_rung_when_the_owner_gives_the_case_back",
    "w_dibuka_lagi_segera": f"{AGAIN}.test_a_silent_owner_loses_the_case_and_hears_who_takes_it",
    "w_lepas": f"{DESK}.test_an_owner_of_whom_nothing_is_heard_is_asked_twice_and_then_it_climbs",
    "o_tanya": "Finish",
    "r_telepon_ada": f"{SAFETY}.test_a_card_tells_before_it_is_taken_whether_the_reporter_may_be_phoned",
    # the ladder
    "l_naik": "Take",
    "w_dibetulkan_petugas": "test_put_right_by_worker.test_whoever_passed_it_on_says_where_it_is",
    "c_naik": "test_grades.test_a_worker_raises_it_and_the_ladder_follows_at_once",
    "w_turun": "test_grades.test_the_owner_lowers_it_with_a_reason_and_no_clock_gets_longer",
    "w_turun_tanya": "test_grades.test_the_owner_lowers_it_with_a_reason_and_no_clock_gets_longer",
    "c_juga": "test_rings.test_a_night_in_which_nobody_takes_it",
    "l_sejam": "test_rings.test_a_night_in_which_nobody_takes_it",
    "w_tenang": "test_rings.test_whoever_phones_and_jsc_have_quiet_for_a_while",
    "l_ingat": "Take",
    "l_ingat_terus": "Take",
    "l_terakhir": "Take",
    "l_ulang": "Take",
    "l_kosong_peran": "test_ppa.test_where_no_ppa_is_bound_dinsos_is_asked_at_once_and_admins_hear_it",
    "w_alih": "test_ppa.test_a_corrected_kind_goes_to_ppa_with_a_fresh_clock_and_back",
    "nomor_ke": "test_ppa.test_ppa_is_asked_first_and_the_tksk_is_not",
    "l_kosong": f"{NEWS}.test_where_the_kecamatan_has_nobody_the_receipt_says_it_and_no_news_repeats_it",
    "l_buntu": f"{LEAVE}.test_everybody_away_and_nobody_above_is_red_and_told",
    "l_tak_terjangkau": "test_sender.test_a_blocked_worker_is_climbed_past_at_once_and_admins_hear",
    "l_grup_hilang": "test_sender.test_a_blocked_worker_is_climbed_past_at_once_and_admins_hear",
    "l_libur_belum_tahu": "test_workdays.test_admins_are_told_once_of_a_year_whose_holidays_nobody_knows",
    "l_webhook_mati": f"{JSC}.test_a_day_without_the_endpoint_loses_nothing",
    "l_webhook_pulih": f"{JSC}.test_a_day_without_the_endpoint_loses_nothing",
    "l_webhook_hangus": f"{JSC}.test_after_seven_days_an_event_is_given_up_and_admins_hear_it_once",
    "l_surel_hangus": f"{MAIL}.test_an_address_that_refuses_is_told_and_the_others_go_on",
    "m_judul_pengelola": f"{MAIL}.test_a_silent_telegram_is_told_by_mail_once_and_its_return_too",
    "m_telegram_mati": f"{MAIL}.test_a_silent_telegram_is_told_by_mail_once_and_its_return_too",
    "m_telegram_pulih": f"{MAIL}.test_a_silent_telegram_is_told_by_mail_once_and_its_return_too",
    # leave, duty, summary, invites
    "cuti_tanya": f"{LEAVE}.test_leave_taken_with_a_refusal_passes_on_what_waits_and_what_comes",
    "cuti_mulai": f"{LEAVE}.test_leave_taken_with_a_refusal_passes_on_what_waits_and_what_comes",
    "cuti_dipegang": "GiveBack",
    "undangan_diperiksa": "test_looking_at.test_a_koordinator_sleeps_until_an_admin_has_looked",
    "hp_lain_minta": "test_looking_at.test_another_phone_for_a_role_above_is_looked_at_first",
    "hp_lain": "test_looking_at.test_a_new_handset_cuts_the_old_one_and_has_the_open_cards",
    "a_keluar_dipegang": "test_taking_out.test_an_operator_puts_an_ex_worker_out_now",
    "a_cuti": f"{FROM_TO}.test_a_leave_that_begins_later_waits_for_its_day",
    "cuti_yakin": f"{FROM_TO}.test_a_leave_that_begins_later_waits_for_its_day",
    "cuti_tak_paham": f"{FROM_TO}.test_days_that_make_no_leave_are_refused_in_words_and_asked_again",
    "cuti_hari_luar": f"{FROM_TO}.test_days_that_make_no_leave_are_refused_in_words_and_asked_again",
    "cuti_lewat": f"{FROM_TO}.test_midnight_between_question_and_answer",
    "l_piket": "test_piket.test_at_four_a_team_is_asked_and_the_named_one_gets_what_climbs",
    "r_pertama": "test_summary.test_the_province_reads_what_stands_how_and_what_to_do_first",
    "r_pertama_telat": "test_summary.test_when_all_have_somebody_the_first_thing_is_what_is_late",
    "petugas_nomor": "test_commands.test_a_number_on_the_roster_binds_by_the_contact_button",
    "petugas_tak_dikenal": "test_commands.test_a_number_on_the_roster_binds_by_the_contact_button",
    "hp_orang_lain_saja": f"{CHAT}.test_only_the_own_number_is_taken",
    "undangan-terikat": "test_story.test_a_report_is_taken_and_the_reporter_hears_it",
    "undangan-pengelola": "test_summary_time.test_it_comes_every_morning_at_seven_and_once",
    "undangan-relawan": "test_commands.test_a_volunteer_is_promised_no_reports",
    "undangan-unknown": "test_commands.test_an_invite_link_binds_whoever_opens_it_once",
    # the bot's profile
    "profil-singkat": "Menu",
    "profil-panjang": "Menu",
    "perintah-lapor": "Menu",
}
LABELS = re.compile(r"(?:b|baris|jenis|bahaya|kapan|tangga|tunggu|hasil|alasan|peran|orang|kata|terbuka)-")
"""Buttons and words inside sentences are no sentences."""


def stories() -> set[str]:
    """Every test by the name of its file and its own."""
    found = set()
    for path in HERE.rglob("test_*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(f"{path.stem}.{node.name}")
    return found


def test_every_sentence_that_names_an_act_is_tied_to_a_deed() -> None:
    naming = {key for key, text in catalog(ORIGINAL).items() if ACT.search(text.words) and not LABELS.match(key)}
    assert not naming - TABLE.keys(), "say here which story or button shows the deed"


def test_every_row_of_the_table_is_true() -> None:
    known, there = stories(), catalog(ORIGINAL)
    for key, deed in TABLE.items():
        assert key in there, f"{key} is no text any more"
        assert ACT.search(there[key].words), f"{key} names no act any more"
        assert deed in known or hasattr(buttons, deed), f"{key}: {deed} is gone"


def test_what_was_untrue_stays_out() -> None:
    """R6: no worker can ask through the bot, appoint or decide yet; nobody knows that an admin exists."""
    untrue = re.compile(
        r"bertanya lewat bot|lewat bot saja|pengelola (?:sudah|diberi)|tidak membuka nomornya|ditunjuk petugasnya|"
        r"keputusan|laporan ini belum dijawab",
        re.I,
    )
    assert not [key for key, text in catalog(ORIGINAL).items() if untrue.search(text.words)]
