package office

import (
	"context"
	"iter"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/docket"
	"mynumber/internal/journal"
	"mynumber/internal/notice"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// Store is the registers. Write runs one act in one durable transaction, as if no other ran at the same
// time; when the engine asks for it the function runs again from the start, so it must have no effect
// outside the transaction. Read sees one consistent state.
type Store interface {
	Read(ctx context.Context, f func(Tx) error) error
	Write(ctx context.Context, f func(Tx) error) error
}

type chainKey struct{}

// inChain says in whose journal a Write will have its entry. A store may then let the acts of an office wait for each other
// where they would run into each other.
func inChain(ctx context.Context, of place.Code) context.Context {
	return context.WithValue(ctx, chainKey{}, of)
}

// ChainOf is whose journal a Write will write, empty when nobody said.
func ChainOf(ctx context.Context) place.Code {
	of, _ := ctx.Value(chainKey{}).(place.Code)
	return of
}

// Tx is one transaction on the registers. A look-up of a key that is not there is ErrNotFound; a
// Put of a record with an old Version is ErrStale, a key that is taken ErrTaken.
type Tx interface {
	// Attempt runs f; when it fails everything it wrote is taken back, and the transaction goes on.
	Attempt(f func() error) error

	Person(id string) (register.Person, error)
	PersonByNumber(n person.Number) (register.Person, error)
	PersonByCode(c person.ResidentRecordCode) (register.Person, error)
	// Given reports that a number or a code is somebody's, or was once.
	Given(n person.Number, c person.ResidentRecordCode) (bool, error)
	// PutFormerNumber keeps a number or a code that was changed, sealed under a key.
	PutFormerNumber(f FormerNumber) error
	FormerNumbers(personID string) ([]FormerNumber, error)
	PutExchange(x register.Exchange) error
	Exchange(id string) (register.Exchange, error)
	// Exchanges lists what an office received or sent, the newest first.
	Exchanges(at place.Code, sent bool, limit int) ([]register.Exchange, error)
	ExchangesAbout(personID string) ([]register.Exchange, error)
	PersonsBorn(birth civil.Date) ([]register.Person, error)
	PutPerson(p register.Person) error
	// InsertPeople adds people of whom none is there yet, many in one statement; a taken ID, number or code is ErrTaken,
	// and then none of them is added.
	InsertPeople(people []register.Person) error

	Application(id string) (application.Application, error)
	ApplicationByRequest(key string) (application.Application, error)
	ApplicationByID(applicationID string) (application.Application, error)
	ApplicationsOf(personID string) ([]application.Application, error)
	// Queue lists the applications in which an office has a part, the oldest first; all of them for the issuer.
	Queue(at place.Code, states []application.State, limit int) ([]application.Application, error)
	// Recent is Queue with the newest first.
	Recent(at place.Code, states []application.State, limit int) ([]application.Application, error)
	PutApplication(a application.Application) error
	Photo(applicationID string) ([]byte, error)
	PutPhoto(applicationID string, jpeg []byte) error

	WindowCase(id string) (docket.Case, error)
	WindowCaseByRequest(key string) (docket.Case, error)
	WindowCasesOf(personID string) ([]docket.Case, error)
	// WindowCases lists the cases in which an office has a part, the oldest first.
	WindowCases(at place.Code, states []docket.State, limit int) ([]docket.Case, error)
	PutWindowCase(c docket.Case) error

	IssuedForm(id string) (application.IssuedForm, error)
	IssuedForms(personID string) ([]application.IssuedForm, error) // the oldest first
	PutIssuedForm(f application.IssuedForm) error

	Outreach(id string) (application.Outreach, error)
	Outreaches(at place.Code, limit int) ([]application.Outreach, error) // the newest first
	PutOutreach(o application.Outreach) error
	// NextReceipt numbers and keeps a receipt over yen of an office and a fiscal year.
	NextReceipt(at place.Code, year int, subject string, yen int, taken time.Time, how string) (int64, error)

	Card(id string) (card.Card, error)
	CardsOf(personID string) ([]card.Card, error)
	CardsIn(state card.State, limit int) ([]card.Card, error)
	PutCard(c card.Card) error

	// OweChip notes that the chip of a card is owed its end, and which office has the plastic; EndedChip is what is owed or was done,
	// PutEndedChip what became of it. OwedChips lists what an office owes, the oldest first, or all offices, the least tried first.
	OweChip(cardID string, at place.Code, since time.Time) error
	EndedChip(cardID string) (EndedChip, error)
	PutEndedChip(c EndedChip) error
	OwedChips(at place.Code, limit int) ([]EndedChip, error)

	Certificates(cardID string) ([]certificate.Certificate, error)
	PhoneCertificates(cardID string) ([]certificate.Certificate, error)
	Certificate(kind certificate.Kind, generation int, counter uint64) (certificate.Certificate, error)
	PutCertificate(c certificate.Certificate) error
	// NextCounter is the next issue counter of an authority's key, never given twice.
	NextCounter(kind certificate.Kind, generation int) (uint64, error)
	listTx

	Authorities() ([]SealedAuthority, error)
	CountAuthorities() (int, error)
	PutAuthority(a SealedAuthority) error
	// Ceremonies lists the records of the key ceremonies in their order.
	Ceremonies() ([]CeremonyRecord, error)
	// PutCeremony adds one; ErrTaken when its number is taken.
	PutCeremony(r CeremonyRecord) error

	// DropPhoto, EraseMessages and DropDrafts destroy what is kept no longer; EraseMessages and DropDrafts say how many.
	DropPhoto(applicationID string) error
	EraseMessages(applicationID string) (int, error)
	EraseVisitMessages(visitID string) (int, error)
	DropDrafts(before time.Time) (int, error)
	PutDestruction(d Destruction) error
	// Destructions lists an office's protocol, the newest first.
	Destructions(at place.Code, limit int) ([]Destruction, error)

	Draft(code string) (Draft, error)
	PutDraft(d Draft) error

	Link(hash string) (Link, error)
	PutLink(l Link) error

	Visit(id string) (booking.Reservation, error)
	// ReservationOf is the reservation of an application that is not over.
	ReservationOf(applicationID string) (booking.Reservation, error)
	// Reservations lists what holds a place for an office's visitors, from a day to a day.
	Reservations(at place.Code, from, to civil.Date) ([]booking.Reservation, error)
	// Seats lists the seats of a counter's time that are taken; Taken counts those of many.
	Seats(counter string, day civil.Date, at string) ([]int, error)
	Taken(counter string, from, to civil.Date) ([]Taken, error)
	// VisitsOn lists everything at a counter on a day, by time, then by number.
	VisitsOn(counter string, day civil.Date) ([]booking.Reservation, error)
	// CountersOf lists the counters at which an office's visitors are, or were, on a day, displaced and cancelled ones aside.
	CountersOf(at place.Code, day civil.Date) ([]string, error)
	VisitsOf(personID string) ([]booking.Reservation, error)
	// OpenVisits lists what is booked or displaced, in the order of day and ID, from after those on.
	OpenVisits(from civil.Date, after string, limit int) ([]booking.Reservation, error)
	// DisplacedVisits lists an office's bookings, and those at its counters, that wait for another time.
	DisplacedVisits(at place.Code, from civil.Date) ([]booking.Reservation, error)
	LastTicket(counter string, day civil.Date) (int, error)
	// PutVisit adds or changes; a seat or a number that is somebody else's is ErrTaken.
	PutVisit(r booking.Reservation) error

	PutMessage(m notice.Message) error
	Messages(applicationID string) ([]notice.Message, error)
	Message(id string) (notice.Message, error)
	// MessagesTo lists what concerns a person, the oldest first.
	MessagesTo(personID string) ([]notice.Message, error)
	AllMessages(limit int) ([]notice.Message, error)
	// Letters lists what an office has to print and post, the oldest first.
	Letters(at place.Code, limit int) ([]notice.Message, error)
	// MessagesFrom lists an office's messages, the newest first: all, or only those with notice.Troubles.
	MessagesFrom(at place.Code, trouble bool, limit int) ([]notice.Message, error)
	// Calls lists the telephone notes that an office still has to make, the oldest first.
	Calls(at place.Code, limit int) ([]notice.Message, error)
	// Print is what was printed under a key; PrintsOf what for the same person, case and application, PrintsIn what in a
	// letter's envelope, the oldest first.
	Print(id string) (docket.Print, error)
	PrintsOf(p docket.Print) ([]docket.Print, error)
	PrintsIn(messageID string) ([]docket.Print, error)
	AddPrint(p docket.Print) error
	// LastPosted are the last instants at which an office posted something of a kind, the newest first.
	LastPosted(at place.Code, kind notice.Kind, limit int) ([]time.Time, error)

	// NextDue lists what is due up to a day and neither done nor parked, in the order of days, from after a row on; the
	// zero row begins.
	NextDue(upTo civil.Date, after Due, limit int) ([]Due, error)
	// DueOf is everything ever due for a person, done or not, in the order of days.
	DueOf(personID string) ([]Due, error)
	// Parked lists what failed too often.
	Parked(limit int) ([]Due, error)
	PutDue(d Due) error // adds it, or changes what became of it
	DropDue(d Due) error

	Staff(id string) (Staff, error)
	StaffOf(at place.Code) ([]Staff, error)
	StaffOffered(to place.Code) ([]Staff, error)
	AllStaff() ([]Staff, error)
	PutStaff(s Staff) error // adds it
	ChangeStaff(s Staff) error
	StandInsOf(account string) ([]StandIn, error)
	StandInsAt(at place.Code) ([]StandIn, error)
	PutStandIn(s StandIn) error
	StaffKey(kind, id string) (StaffKey, error)
	StaffKeys(account string) ([]StaffKey, error)
	PutStaffKey(k StaffKey) error // adds it, or changes what is kept of it
	DropStaffKey(k StaffKey) error

	AppendJournal(e journal.Entry) (journal.Entry, error)
	JournalHeads() ([]journal.Head, error)
	Journal(office string) iter.Seq2[journal.Entry, error]
	JournalOf(subject string) ([]journal.Entry, error)

	// Answer is what was answered to a request; ErrAnotherRequest when the key belongs to another one.
	Answer(key, request string) (Answer, error)
	// PutAnswer keeps it, or changes what is kept.
	PutAnswer(a Answer) error
	// DropAnswers forgets those from before an instant.
	DropAnswers(before time.Time) error

	Setting(key string) (string, error)
	PutSetting(key, value string) error
}

// FormerNumber is an Individual Number or a resident record code that was changed; one of them is zero.
type FormerNumber struct {
	ID       string
	PersonID string
	Number   person.Number
	Code     person.ResidentRecordCode
	Until    civil.Date
}

// Taken is how many places of a time are taken.
type Taken struct {
	Day    civil.Date
	Time   string
	Places int
}

// SealedAuthority is an authority's key as it lies in the register: encrypted with the passphrase.
type SealedAuthority struct {
	Kind       certificate.Kind
	Generation int
	Sealed     []byte
	Created    time.Time
	Planned    uint64 // certificates planned so far; read only
}

// Draft is a form that an applicant filled in on the page and carries to an office on paper; Code is on it as
// a two-dimensional code.
type Draft struct {
	Code    string
	Form    application.Form
	Photo   []byte
	Created time.Time
	Used    string // key of the application that was made from it
}

// Link is a one-time link in a mail or a staff invitation; only the hash of its secret is kept.
type Link struct {
	Hash    string
	Purpose string // correct, reserve, staff
	Subject string // key of the application or staff account
	Expires time.Time
	Used    time.Time
}
