package office_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/rules"
)

// somebody is the form of another invented person.
func somebody(id string, changes application.RawForm) application.RawForm {
	people := map[string]application.RawForm{
		"wang":      {"family_name": "WANG", "given_name": "MEI", "family_kana": "ワン", "given_kana": "メイ", "birth": "1990-02-14", "planned_departure": "2023-03-31"},
		"takahashi": {"family_name": "高橋", "given_name": "空", "family_kana": "タカハシ", "given_kana": "ソラ", "birth": "1999-08-09", "sex": "male"},
		"ito":       {"family_name": "伊藤", "given_name": "渚", "family_kana": "イトウ", "given_kana": "ナギサ", "birth": "1975-01-20", "planned_departure": "2015-10-04"},
		"watanabe":  {"family_name": "渡辺", "given_name": "結", "family_kana": "ワタナベ", "given_kana": "ユイ", "birth": "1992-12-01"},
		"yamada":    {"family_name": "山田", "given_name": "葵", "family_kana": "ヤマダ", "given_kana": "アオイ", "birth": "1988-05-17", "planned_departure": "2019-09-30"},
		"kobayashi": {"family_name": "小林", "given_name": "誠", "family_kana": "コバヤシ", "given_kana": "マコト", "birth": "1983-07-07", "planned_departure": "2025-06-30", "sex": "male"},
	}
	raw := people[id]
	raw["number"] = ""
	for field, text := range changes {
		raw[field] = text
	}
	return raw
}

// What the accepting office hears when it files: the refusal, one entry, nothing else.
func TestFilingIsRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for _, c := range []struct {
		rule   string
		code   string
		who    office.Actor
		form   application.RawForm
		change func(*office.FileRequest)
	}{
		{"ELIG-011 外国籍の方", "foreign_national", sumida, somebody("wang", nil), nil},
		{"ELIG-011 外国籍の方、番号あり", "foreign_national", sumida, somebody("wang", application.RawForm{"number": number("wang")}), nil},
		{"ELIG-011 窓口で示された外国旅券", "foreign_national", sumida, nil, func(r *office.FileRequest) { r.Foreign = true }},
		{"ELIG-012 住民登録をしたことがない方", "never_registered", sumida, somebody("takahashi", nil), nil},
		{"ELIG-014 DATE-004 2015年10月5日より前が最後", "registered_too_early", sumida, somebody("ito", nil), nil},
		{"ELIG-014 国内在住の方", "still_resident", sumida, somebody("watanabe", nil), nil},
		{"ELIG-010 ABR-021 別の本籍地の附票", "not_in_family_register", sumida, application.RawForm{"honseki": "151033"}, nil},
		{"APP-013 CON-028 オンライン", "online_not_available", sumida, nil, func(r *office.FileRequest) { r.Channel = rules.Online }},
		{"APP-071 CON-010 本籍地以外への郵送", "post_only_to_honseki", sumida, nil, func(r *office.FileRequest) { r.Channel = rules.Post }},
		{"APP-070 別の国の公館", "mission_of_another_country", taipei, application.RawForm{"country": "TH"}, nil},
		{"APP-079 PIN-022 代理の提出で封入なし", "sealed_form_missing", sumida, nil, func(r *office.FileRequest) { r.ByProxy = true }},
		{"APP-050 15歳未満で法定代理人の記入なし", "applicant_needs_representative", sumida, somebody("takahashi", application.RawForm{"birth": "2015-08-09"}), nil},
		{"APP-041 JPEGでない写真", "photo_unreadable", sumida, nil, func(r *office.FileRequest) { r.Photo = bytes.Repeat([]byte("x"), 30<<10) }},
		{"APP-041 途中で切れた写真", "photo_unreadable", sumida, nil, func(r *office.FileRequest) { r.Photo = r.Photo[:30<<10] }},
		{"APP-041 小さすぎる写真", "photo_file_size", sumida, nil, func(r *office.FileRequest) { r.Photo = picture(t, 480, 617, 10, 0) }},
		{"APP-041 画素が足りない写真", "photo_pixels", sumida, nil, func(r *office.FileRequest) { r.Photo = picture(t, 400, 514, 100, 30<<10) }},
		{"APP-041 頭部だけで大きすぎると分かる写真は展開しない", "photo_pixels", sumida, nil, func(r *office.FileRequest) { r.Photo = resized(r.Photo, 50_000, 65_000)[:30<<10] }},
		{"APP-041 正方形の写真", "photo_ratio", sumida, nil, func(r *office.FileRequest) { r.Photo = picture(t, 600, 600, 100, 30<<10) }},
		{"APP-042 横長の写真", "photo_sideways", sumida, nil, func(r *office.FileRequest) { r.Photo = picture(t, 617, 480, 100, 30<<10) }},
		{"APP-042 EXIFで横向きの写真", "photo_sideways", sumida, nil, func(r *office.FileRequest) { r.Photo = withOrientation(r.Photo, 6) }},
		{"APP-041 半年より前の写真", "photo_too_old", sumida, application.RawForm{"photo_taken": "2025-04-27"}, nil},
	} {
		t.Run(c.rule, func(t *testing.T) {
			r := request(t, "refused", c.form)
			if c.change != nil {
				c.change(&r)
			}
			d.refused(t, c.code, func() error {
				_, _, err := d.File(ctx, c.who, r)
				return err
			})
		})
	}
	t.Run("the same request is taken once nothing is wrong with it", func(t *testing.T) {
		if _, _, err := d.File(ctx, sumida, request(t, "refused", nil)); err != nil {
			t.Error(err)
		}
	})
}

// picture is a noisy JPEG, padded to a size with a comment.
func picture(t *testing.T, width, height, quality, atLeast int) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = byte(i / width * 255 / height)
	}
	img.SetGray(0, 0, color.Gray{Y: 255})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	if missing := atLeast - b.Len(); missing > 0 {
		return segment(b.Bytes(), 0xFE, make([]byte, missing))
	}
	return b.Bytes()
}

// segment puts a segment right behind the start of a JPEG.
func segment(file []byte, marker byte, content []byte) []byte {
	n := len(content) + 2
	out := append([]byte{0xFF, 0xD8, 0xFF, marker, byte(n >> 8), byte(n)}, content...)
	return append(out, file[2:]...)
}

// resized is a JPEG whose head claims another size, up to 65535 × 65535: a small file that would fill the memory.
func resized(file []byte, width, height uint16) []byte {
	i := bytes.Index(file, []byte{0xFF, 0xC0, 0x00, 0x11, 0x08})
	out := slices.Clone(file)
	binary.BigEndian.PutUint16(out[i+5:], height)
	binary.BigEndian.PutUint16(out[i+7:], width)
	return out
}

// withOrientation puts an EXIF segment with nothing but an orientation into a JPEG (EXIF 2.3 section 4.6.4).
func withOrientation(file []byte, orientation byte) []byte {
	exif := []byte("Exif\x00\x00MM\x00\x2A\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00")
	return segment(file, 0xE1, append(exif, orientation, 0, 0, 0, 0, 0, 0))
}

// What cannot be read is said beside its field, all at once, and nothing is written.
func TestFilingCannotBeRead(t *testing.T) {
	d := newDesk(t)
	wrong := number("sato")[:11] + string('0'+(number("sato")[11]-'0'+1)%10)
	for _, c := range []struct {
		rule   string
		form   application.RawForm
		fields []string
	}{
		{"APP-074 ない日付", application.RawForm{"birth": "昭和63年2月30日"}, []string{"birth"}},
		{"APP-074 ない元号の年", application.RawForm{"birth": "昭和65年1月1日"}, []string{"birth"}},
		{"APP-074 これから生まれる日", application.RawForm{"birth": "2026-01-01"}, []string{"birth", "planned_departure"}},
		{"APP-074 生まれる前の転出", application.RawForm{"planned_departure": "1988-05-16"}, []string{"planned_departure"}},
		{"NUM-002 検査数字の合わない番号", application.RawForm{"number": wrong}, []string{"number"}},
		{"NUM-002 11桁の番号", application.RawForm{"number": wrong[:11]}, []string{"number"}},
		{"APP-074 日本の住所", application.RawForm{"country": "JP"}, []string{"country"}},
		{"APP-074 かなの住所", application.RawForm{"overseas_address": "台北市中山北路"}, []string{"overseas_address"}},
		{"CARD-010 点字25マス", application.RawForm{"braille": strings.Repeat("あ", 25)}, []string{"braille"}},
		{"APP-074 いくつもの欄", application.RawForm{"email1": "", "phone1": "", "sex": "", "birth": "きのう"}, []string{"birth", "email1", "phone1", "sex"}},
		{"APP-074 長すぎる代理人の氏名", application.RawForm{"representative_name": strings.Repeat("あ", 201)}, []string{"representative_name"}},
		{"APP-074 制御文字", application.RawForm{"representative_address": "a\x00b", "braille": "あ\x07"}, []string{"braille", "representative_address"}},
		{"APP-074 UTF-8でない文字", application.RawForm{"representative_relationship": "父\xff"}, []string{"representative_relationship"}},
		{"APP-074 ない項目", application.RawForm{"blood_type": "A"}, []string{"blood_type"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			d.invalid(t, c.fields, func() error {
				_, _, err := d.File(ctx, sumida, request(t, "unreadable", c.form))
				return err
			})
		})
	}
	for name, key := range map[string]string{"no": "", "a very long": strings.Repeat("a", 201), "a binary": "a\x00b", "a broken": "a\xff"} {
		t.Run(name+" key", func(t *testing.T) {
			d.invalid(t, []string{"request_key"}, func() error {
				_, _, err := d.File(ctx, sumida, request(t, key, nil))
				return err
			})
		})
	}
}

// Widths, blanks, hyphens and eras are read as they are meant.
func TestFilingNormalises(t *testing.T) {
	d := newDesk(t)
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	n := wide.Replace(number("sato"))
	a, _, err := d.File(ctx, sumida, request(t, "wide", application.RawForm{
		"number": n[:12] + " " + n[12:24] + "　" + n[24:], "honseki": "０２２０３９", "family_kana": "ｻﾄｳ", "given_kana": "ひかり",
		"birth": "Ｓ６３．５．１７", "overseas_address": "Ｎｏ．　１，  Ｔａｉｐｅｉ", "country": "ｔｗ", "phone1": "＋８８６－２－１２３４－５６７８", "email1": " HIKARI@Example.org ",
	}))
	if err != nil {
		t.Fatal(err)
	}
	f := a.Form
	if f.Number.Digits() != number("sato") || f.Honseki != demo.Hachinohe || f.Name.FamilyKana != "サトウ" || f.Name.GivenKana != "ヒカリ" {
		t.Errorf("APP-074: %s %s %s", f.Honseki, f.Name.FamilyKana, f.Name.GivenKana)
	}
	if f.Birth != civil.Day(1988, 5, 17) || f.Address != "No. 1, Taipei" || f.Country != "TW" || string(f.Phones[0]) != "+886212345678" {
		t.Errorf("APP-074: %s, %q, %s, %s", f.Birth, f.Address, f.Country, f.Phones[0])
	}
}

// What a number on a form says of somebody else is nobody's business.
func TestFilingWithTheNumberOfAnother(t *testing.T) {
	d := newDesk(t)
	for _, other := range []string{"watanabe", "wang"} {
		a, _, err := d.File(ctx, sumida, request(t, "number of "+other, application.RawForm{"number": number(other)}))
		if err != nil || a.State != application.Applied {
			t.Errorf("ABR-021 the honseki municipality settles it: %s, %v", a.State, err)
		}
	}
}

func TestFiling(t *testing.T) {
	d := newDesk(t)
	t.Run("APP-070 at the honseki municipality there is nothing to forward", func(t *testing.T) {
		a, _, err := d.File(ctx, hachinohe, request(t, "at honseki", nil))
		if err != nil || a.State != application.Received || a.Papers.Office != demo.Hachinohe {
			t.Fatalf("%+v, %v", a, err)
		}
		d.id = a.ID
		d.already(t, func() (office.Receipt, error) { return d.Forward(ctx, hachinohe, d.id) })
	})
	t.Run("APP-070 at the mission of the country", func(t *testing.T) {
		if _, _, err := d.File(ctx, taipei, request(t, "at the mission", nil)); err != nil {
			t.Error(err)
		}
	})
	t.Run("APP-050 a child with its representative", func(t *testing.T) {
		child := somebody("takahashi", application.RawForm{"given_name": "星", "given_kana": "ホシ", "birth": "2015-08-09", "representative_name": "高橋 空", "representative_relationship": "父"})
		if _, _, err := d.File(ctx, sumida, request(t, "child", child)); err != nil {
			t.Error(err)
		}
	})
	t.Run("the same request twice files once", func(t *testing.T) {
		first, _, err := d.File(ctx, sumida, request(t, "twice", nil))
		if err != nil {
			t.Fatal(err)
		}
		d.already(t, func() (office.Receipt, error) {
			second, receipt, err := d.File(ctx, sumida, request(t, "twice", nil))
			if second.ID != first.ID {
				t.Errorf("another application: %s and %s", first.ID, second.ID)
			}
			return receipt, err
		})
	})
	t.Run("a key that another office used", func(t *testing.T) {
		d.invalid(t, []string{"request_key"}, func() error {
			_, _, err := d.File(ctx, hachinohe, request(t, "twice", nil))
			return err
		})
	})
	t.Run("only a clerk files", func(t *testing.T) {
		for _, who := range []office.Actor{operator, stopLine, {Staff: "boss", Office: demo.Sumida, Role: office.Admin}} {
			d.forbidden(t, func() error {
				_, _, err := d.File(ctx, who, request(t, "not a clerk", nil))
				return err
			})
		}
	})
	t.Run("APP-042 a photo that stands on its head is turned on the chip", func(t *testing.T) {
		r := request(t, "upside down", nil)
		r.Photo = withOrientation(r.Photo, 3)
		if _, _, err := d.File(ctx, sumida, r); err != nil {
			t.Error(err)
		}
	})
}

// A form made on the page is taken in by its code, once (APP-013, CON-028).
func TestDrafts(t *testing.T) {
	d := newDesk(t)
	draft, err := d.SaveDraft(ctx, form(nil), photo(t))
	if err != nil {
		t.Fatal(err)
	}
	taken := office.FileRequest{RequestKey: "draft", DraftCode: " " + strings.ToUpper(draft.Code) + " ", Channel: rules.Visit}
	a, _, err := d.File(ctx, sumida, taken)
	if err != nil || a.Form.Number.Digits() != number("sato") {
		t.Fatalf("%v, %v", a.Form, err)
	}
	d.id = a.ID
	if got := d.messages(t); len(got) != 1 || got[0] != notice.Filed {
		t.Errorf("mails %v", got)
	}
	d.already(t, func() (office.Receipt, error) {
		_, receipt, err := d.File(ctx, sumida, taken)
		return receipt, err
	})
	taken.RequestKey = "again"
	d.invalid(t, []string{"draft_code"}, func() error {
		_, _, err := d.File(ctx, sumida, taken)
		return err
	})
	taken.DraftCode = "nothing"
	d.invalid(t, []string{"draft_code"}, func() error {
		_, _, err := d.File(ctx, sumida, taken)
		return err
	})
	d.invalid(t, []string{"birth"}, func() error {
		_, err := d.SaveDraft(ctx, form(application.RawForm{"birth": "x"}), photo(t))
		return err
	})
	for code, act := range map[string]func() error{
		"online_not_available": func() error { return d.ApplyOnline(ctx) },
		"photo_sideways": func() error {
			_, err := d.SaveDraft(ctx, form(nil), withOrientation(photo(t), 8))
			return err
		},
	} {
		// No office acts here, so that no journal has an entry.
		if entries, err := d.unchanged(t, act); codeOf(err) != code || len(entries) > 0 {
			t.Errorf("got %v and %+v, want the refusal %s", err, entries, code)
		}
	}
}
