package place

import "slices"

// MissionKind is what sort of mission it is.
type MissionKind string

const (
	Embassy             MissionKind = "embassy"              // 大使館
	ConsulateGeneral    MissionKind = "consulate_general"    // 総領事館
	ConsularOffice      MissionKind = "consular_office"      // 領事事務所
	ExchangeAssociation MissionKind = "exchange_association" // 日本台湾交流協会, in place of a mission (APP-072)
)

// Mission is a mission abroad (在外公館) that does consular work.
type Mission struct {
	ID         Code
	Kind       MissionKind
	NameJa     string
	NameEn     string
	Country    string // ISO 3166-1 alpha-2 of where it stands
	City       string
	Zone       string // IANA time zone
	CheckAgain bool   // seat or status has to be looked at before relying on it
}

// Office is the mission as an office.
func (m Mission) Office() Office { return Office{m.ID, KindMission, m.NameJa, m.NameEn} }

// Missions lists all missions by id.
func Missions() []Mission { return slices.Clone(load().missionList) }

// LookupMission is the mission with the id.
func LookupMission(id Code) (Mission, bool) {
	m, ok := load().missions[id]
	return m, ok
}

// CoveredBy lists the missions for people who live in a country (ISO 3166-1 alpha-2 in capitals): those that stand
// in it, or else the one that covers it from elsewhere (兼轄), by id. Which of several serves which district
// (管轄区域) is not known here. Empty for a country that no file names.
func CoveredBy(country string) []Mission {
	data := load()
	var out []Mission
	for _, m := range data.missionList {
		if m.Country == country || m.ID == data.covered[country] {
			out = append(out, m)
		}
	}
	return out
}

// Countries lists the codes of the countries and territories for which CoveredBy knows a mission.
func Countries() []string {
	var out []string
	for _, m := range load().missionList {
		out = append(out, m.Country)
	}
	for country := range load().covered {
		out = append(out, country)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
