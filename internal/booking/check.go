package booking

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// Bounds of a policy's numbers.
const (
	mostVisitors  = 500 // at one time
	farthest      = 366 // days ahead
	longestPickup = 24  // months
	shortestStep  = 5   // minutes
)

var (
	clockForm = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
	idForm    = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)
	phoneForm = regexp.MustCompile(`^\+?[0-9][0-9 -]{5,24}$`)
	mailForm  = regexp.MustCompile(`^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
)

// at says what is wrong with a field that may not be there; then the line is that of the nearest one around it.
func (r *reader) at(field, ja, en string, facts ...any) {
	line, up := r.lines[field], field
	for line == 0 && up != "" {
		up = up[:max(strings.LastIndexAny(up, ".["), 0)]
		line = r.lines[up]
	}
	text := law.Text{Ja: ja, En: en}.Format(facts...)
	r.fault(max(line, 1), field, text.Ja, text.En)
}

// check finds what is wrong with a file by itself.
func (r *reader) check(f *File) {
	neutral := f.neutral()
	mission := place.KindOf(f.Office) == place.KindMission
	if !neutral && !mission && place.KindOf(f.Office) != place.KindMunicipality {
		r.at("office", "窓口のコードではありません。6桁の団体コードか、在外公館のコードを書きます。", "No office has this code: six digits of a municipality, or the id of a mission.")
	}
	if f.PartOf != "" && (f.PartOf == f.Office || place.KindOf(f.PartOf) != place.KindMunicipality || place.KindOf(f.Office) != place.KindMunicipality) {
		r.at("part_of", "区の属する市のコードを書きます。", "Give the code of the city that the ward is part of.")
	}
	if f.Checked.IsZero() {
		r.at("checked", "出典と最後に見比べた日(checked)を書きます。", "Say on which day it was last compared with its source (checked).")
	}
	r.cite("cite", &f.Cite)
	switch {
	case f.Zone == "" || f.Zone == unknownZone:
	case !mission:
		r.at("zone", "時間帯を書けるのは在外公館だけです。", "Only a mission has a time zone of its own.")
	default:
		if _, err := zoneNamed(f.Office, f.Zone); err != nil {
			r.at("zone", "この時間帯はありません。IANAの名前(例 Asia/Taipei)を書きます。分からないときは unknown です。", "There is no such time zone. Write its IANA name, as Asia/Taipei, or unknown.")
		}
	}
	if n := f.PickupMonths; n < 0 || n > longestPickup {
		r.at("pickup_months", "1〜%d か月です。", "1 to %d months.", longestPickup)
	}
	if m := f.Mission; m != nil {
		r.mission(m, mission || f.Office == DefaultMission)
	}
	r.counters(f)
	r.closings("closed", f.Closed)
	r.rules(f)
	for i, c := range f.Contacts {
		r.contact(fmt.Sprintf("contacts[%d]", i), c)
	}
	for i, l := range f.Lines {
		here := fmt.Sprintf("lines[%d]", i)
		if _, ok := Topics[l.About]; !ok {
			r.at(here+".about", "書けるのは: %s", "Known are: %s", strings.Join(topicNames(), ", "))
		}
		if l.Text.IsZero() {
			r.at(here+".text", "内容(text)を書きます。", "Say what there is to say (text).")
		}
		r.cite(here+".cite", l.Cite)
	}
}

func topicNames() []string {
	var out []string
	for name := range Topics {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// catalogued are the IDs that a citation may name.
var catalogued = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, r := range rules.Catalogue() {
		out[r.ID] = true
	}
	return out
})

// cite checks a source. A policy of an office that the catalogue does not know names no rule IDs.
func (r *reader) cite(field string, c *law.Citation) {
	if c == nil {
		return
	}
	if c.Source == "" {
		r.at(field, "出典(cite の source)を書きます。例: {\"source\": \"○○市 マイナンバーカード\", \"place\": \"受取窓口\"}", "Say where it stands: the source of cite, and the place in it.")
	}
	for i, id := range c.IDs {
		if !catalogued()[id] {
			r.at(fmt.Sprintf("%s.rules[%d]", field, i), "規則集にない番号です。なければ rules を消します。", "The catalogue has no rule of this ID; leave rules out when there is none.")
		}
	}
}

func (r *reader) mission(m *Mission, mission bool) {
	if !mission {
		r.at("mission", "在外公館だけに書けます。", "Only a mission has this.")
	}
	if m.Checked.IsZero() {
		r.at("mission.checked", "確かめた日(checked)を書きます。", "Say on which day somebody looked (checked).")
	}
	r.cite("mission.cite", m.Cite)
	if m.Booking != "" && !slices.Contains(Needs, m.Booking) {
		r.at("mission.booking", "required(予約が必要)・priority(予約優先)・none(予約なし)のどれかです。", "One of required, priority, none.")
	}
	r.procedures("mission.by_post", m.Post)
	r.procedures("mission.not_by_post", m.NoPost)
	for i, p := range m.Post {
		if slices.Contains(m.NoPost, p) {
			r.at(fmt.Sprintf("mission.by_post[%d]", i), "郵送で受け付けるとも受け付けないとも書いてあります(not_by_post)。どちらかにしてください。", "It stands under not_by_post as well; one of them has to go.")
		}
	}
}

// procedures checks a list of them.
func (r *reader) procedures(field string, list []string) {
	for i, p := range list {
		if _, ok := rules.LookupProcedure(rules.Procedure(p)); !ok && p != Any {
			r.at(fmt.Sprintf("%s[%d]", field, i), "この手続きはありません。手続きの名前(例 collect_at_home)か \"*\" を書きます。", "There is no such procedure. Write its name, as collect_at_home, or \"*\".")
		}
	}
}

func (r *reader) counters(f *File) {
	seen := map[string]bool{}
	for i, c := range f.Counters {
		here := fmt.Sprintf("counters[%d]", i)
		switch {
		case !idForm.MatchString(c.ID):
			r.at(here+".id", "英小文字で始まる英数字とハイフンの名前(例 main-hall)を書きます。", "A name of small letters, digits and hyphens, as main-hall.")
		case seen[c.ID]:
			r.at(here+".id", "同じ名前の窓口がもう一つあります。", "Another counter has this id.")
		}
		seen[c.ID] = true
		if c.Name.IsZero() || c.Where.IsZero() {
			r.at(here, "窓口の名前(name)と場所(where)を書きます。", "Give the counter's name and where it is.")
		}
		r.cite(here+".cite", c.Cite)
		r.procedures(here+".not_for", c.Not)
		r.hours(here+".hours", c.Hours)
		r.closings(here+".closed", c.Closed)
		r.openAndClosed(here, c, f.Closed)
	}
}

// hours checks opening hours: what they are, and that no two of a rank say something about the same time.
func (r *reader) hours(field string, hours []Hours) {
	for i, h := range hours {
		here := fmt.Sprintf("%s[%d]", field, i)
		okay := true
		for _, end := range []struct{ name, at string }{{"open", h.Open}, {"close", h.Close}} {
			if !clockForm.MatchString(end.at) {
				okay = false
				r.at(here+"."+end.name, "時刻は 00:00〜23:59 を \"09:30\" のように5文字で書きます。", "Write a time from 00:00 to 23:59 in five characters, as \"09:30\".")
			}
		}
		if okay && h.Open >= h.Close {
			r.at(here+".close", "閉まる時刻は開く時刻(%s)より後です。", "It closes after it opens (%s).", h.Open)
		}
		dated := !h.From.IsZero() || !h.To.IsZero()
		if dated == (len(h.Days) > 0) {
			r.at(here, "曜日(days)か日付(from)のどちらか一方を書きます。", "Give either weekdays (days) or a date (from).")
		}
		r.days(here, h.Days, h.Nth, h.From, h.To)
		r.cite(here+".cite", h.Cite)
		for j, other := range hours[:i] {
			if h.clash(other) {
				r.at(here, "%d行目の開庁時間と同じ日に重なっています。どちらか一方にしてください。", "It overlaps the hours of line %d on the same day; one of them has to go.", r.lines[fmt.Sprintf("%s[%d]", field, j)])
			}
		}
	}
}

// clash reports two lines of one rank that say something about the same time.
func (h Hours) clash(o Hours) bool {
	if h.From.IsZero() != o.From.IsZero() || (len(h.Nth) == 0) != (len(o.Nth) == 0) || h.Open >= o.Close || o.Open >= h.Close {
		return false
	}
	if !h.From.IsZero() {
		return overlap(h.From, h.To, o.From, o.To)
	}
	return common(h.Days, o.Days) && (len(h.Nth) == 0 || common(h.Nth, o.Nth))
}

func common[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func overlap(from, to, oFrom, oTo civil.Date) bool {
	if to.IsZero() {
		to = from
	}
	if oTo.IsZero() {
		oTo = oFrom
	}
	return !to.Before(oFrom) && !oTo.Before(from)
}

// days checks weekdays, their place in the month, and dates.
func (r *reader) days(field string, days []string, nth []int, from, to civil.Date) {
	for i, d := range days {
		if !slices.Contains(weekdays, d) {
			r.at(fmt.Sprintf("%s.days[%d]", field, i), "曜日は %s のどれかです。", "A weekday is one of %s.", strings.Join(weekdays, ", "))
		}
	}
	for i, n := range nth {
		if n < 1 || n > 5 {
			r.at(fmt.Sprintf("%s.nth[%d]", field, i), "第1〜第5の1〜5です。", "1 to 5, for which of the month.")
		}
	}
	if len(nth) > 0 && len(days) == 0 {
		r.at(field+".nth", "何曜日の第何かを days に書きます。", "Say of which weekday, in days.")
	}
	if !to.IsZero() && (from.IsZero() || to.Before(from)) {
		r.at(field+".to", "終わりの日は始まりの日(from)以後です。", "The last day is not before the first (from).")
	}
}

func (r *reader) closings(field string, all []Closing) {
	for i, x := range all {
		here := fmt.Sprintf("%s[%d]", field, i)
		kinds := 0
		for _, given := range []bool{len(x.Days) > 0, !x.From.IsZero() || !x.To.IsZero(), x.NewYear} {
			if given {
				kinds++
			}
		}
		if kinds != 1 {
			r.at(here, "曜日(days)・日付(from)・年末年始(turn_of_year)のどれか一つを書きます。", "Give exactly one of days, from, turn_of_year.")
		}
		if x.DaysAfter < 0 || x.DaysAfter > 6 || x.DaysAfter > 0 && len(x.Days) == 0 {
			r.at(here+".days_after", "曜日(days)から1〜6日後です。", "1 to 6 days after one of days.")
		}
		r.days(here, x.Days, x.Nth, x.From, x.To)
		r.cite(here+".cite", x.Cite)
	}
}

// openAndClosed finds a time that is both: every such weekday closed that has hours, or a date opened and closed.
func (r *reader) openAndClosed(here string, c Counter, all []Closing) {
	for _, set := range []struct {
		field string
		lines []Closing
	}{{here + ".closed", c.Closed}, {"closed", all}} {
		for j, x := range set.lines {
			for i, h := range c.Hours {
				weekly := len(x.Days) > 0 && len(x.Nth) == 0 && x.DaysAfter == 0 && h.From.IsZero() && common(x.Days, h.Days)
				dated := !x.From.IsZero() && !h.From.IsZero() && overlap(x.From, x.To, h.From, h.To)
				if weekly || dated {
					line := fmt.Sprintf("%s[%d]", set.field, j)
					r.at(line, "%d行目では同じ日に開いています。開くか閉まるかのどちらかにしてください。", "Line %d opens on the same day; it is either open or closed.", r.lines[fmt.Sprintf("%s.hours[%d]", here, i)])
				}
			}
		}
	}
}

func (r *reader) rules(f *File) {
	for i, x := range f.Reservations {
		here := fmt.Sprintf("reservations[%d]", i)
		if len(x.For) == 0 {
			r.at(here+".for", "どの手続きの決まりかを書きます。すべてなら [\"*\"] です。", "Say for which procedures; [\"*\"] for all.")
		}
		r.procedures(here+".for", x.For)
		r.cite(here+".cite", x.Cite)
		if x.Need != "" && !slices.Contains(Needs, x.Need) {
			r.at(here+".need", "required(完全予約制)・priority(予約優先)・none(予約なし)のどれかです。", "One of required, priority, none.")
		}
		if x.Need == NoNeed && (x.Every > 0 || x.Times != nil || x.Capacity > 0) {
			r.at(here+".need", "予約を受けないのに、予約の時刻や人数が書いてあります。", "No reservations are taken, yet times or a capacity are given.")
		}
		r.numbers(here, x)
		for j, way := range x.Channels {
			if !slices.Contains(channels, way) {
				r.at(fmt.Sprintf("%s.channels[%d]", here, j), "予約の方法は %s です。", "Ways to book are %s.", strings.Join(channels, ", "))
			}
		}
		for j, other := range f.Reservations[:i] {
			if same(x.For, other.For) && same(x.Counters, other.Counters) {
				r.at(here, "%d行目と同じ手続き・同じ窓口の決まりです。一つにまとめてください。", "Line %d is about the same procedures and counters; make one of them.", r.lines[fmt.Sprintf("reservations[%d]", j)])
			}
		}
	}
}

// same reports two lists that share something, by name; lists that are both empty are the same.
func same(a, b []string) bool { return len(a) == 0 && len(b) == 0 || common(a, b) }

// numbers checks times, capacity and horizon of a rule.
func (r *reader) numbers(here string, x Rule) {
	if _, given := r.lines[here+".capacity"]; given && (x.Capacity < 1 || x.Capacity > mostVisitors) {
		r.at(here+".capacity", "一つの時刻に受けられる人数を 1〜%d で書きます。受けないときは need を none にします。", "Visitors at one time, 1 to %d; for none, need is none.", mostVisitors)
	}
	if _, given := r.lines[here+".every"]; given && (x.Every < shortestStep || x.Every > 480) {
		r.at(here+".every", "何分おきかを 5〜480 で書きます。", "Minutes from one time to the next, 5 to 480.")
	}
	if x.Every > 0 && x.Times != nil {
		r.at(here+".times", "何分おき(every)か時刻(times)のどちらか一方を書きます。", "Give either every or times.")
	}
	for i, at := range x.Times {
		field := fmt.Sprintf("%s.times[%d]", here, i)
		if !clockForm.MatchString(at) {
			r.at(field, "時刻は \"09:30\" のように5文字で書きます。", "Write a time in five characters, as \"09:30\".")
		} else if slices.Contains(x.Times[:i], at) {
			r.at(field, "同じ時刻が二度あります。人数は capacity に書きます。", "The time stands twice; how many fit is capacity.")
		}
	}
	for _, d := range []struct {
		name string
		days *int
	}{{"first_day", x.First}, {"last_day", x.Last}} {
		if d.days != nil && (*d.days < 0 || *d.days > farthest) {
			r.at(here+"."+d.name, "何日後かを 0〜%d で書きます。0 は当日です。", "Days ahead, 0 to %d; 0 is the same day.", farthest)
		}
	}
	if x.First != nil && x.Last != nil && *x.First > *x.Last {
		r.at(here+".first_day", "予約できる最初の日(%d日後)は最後の日(%d日後)以前です。", "The first day ahead (%d) is not after the last (%d).", *x.First, *x.Last)
	}
}

func (r *reader) contact(here string, c Contact) {
	if c.For.IsZero() {
		r.at(here+".for", "何の連絡先か(for)を書きます。", "Say what it is for.")
	}
	if c.Phone+c.Fax+c.Email+c.URL == "" {
		r.at(here, "電話・ファクス・メール・URLのどれかを書きます。", "Give a phone, fax, email or url.")
	}
	for _, n := range []struct{ name, value string }{{"phone", c.Phone}, {"fax", c.Fax}} {
		if n.value != "" && !phoneForm.MatchString(n.value) {
			r.at(here+"."+n.name, "電話番号は数字とハイフンで書きます。", "A telephone number has digits and hyphens.")
		}
	}
	if c.Email != "" && !mailForm.MatchString(c.Email) {
		r.at(here+".email", "メールアドレスとして読めません。", "This is no e-mail address.")
	}
	if u, err := url.Parse(c.URL); c.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		r.at(here+".url", "https:// から書きます。", "Write it from https:// on.")
	}
	r.cite(here+".cite", c.Cite)
}
