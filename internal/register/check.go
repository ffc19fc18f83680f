package register

import (
	"errors"
	"fmt"

	"mynumber/internal/civil"
	"mynumber/internal/place"
)

// numbersBegin is the day from which the registers' offices are known (DATE-004): what ended before stays unchecked, for the
// municipalities of those days are in no list.
var numbersBegin = civil.Day(2015, 10, 5)

// Check reports every way in which the facts contradict each other or the law of the registers; nil when they hold.
// It names places in the record and days, never the person.
func (p Person) Check() error {
	var faults []error
	fault := func(format string, a ...any) { faults = append(faults, fmt.Errorf(format, a...)) }
	if p.Birth.IsZero() {
		fault("no date of birth")
	}
	if p.Name.Full() == "" {
		fault("no name")
	}
	for i, r := range p.Residences {
		if err := r.check(); err != nil {
			fault("residence %d: %w", i, err)
		}
		if r.From.Before(p.Birth) {
			fault("residence %d begins on %s, before birth", i, r.From)
		}
		if i > 0 && (p.Residences[i-1].To.IsZero() || r.From.Before(p.Residences[i-1].To)) {
			fault("residence %d begins on %s, before the one before it ends", i, r.From)
		}
	}
	if p.FamilyRegister != nil {
		faults = append(faults, p.checkFamilyRegister())
	}
	return errors.Join(faults...)
}

func (r Residence) check() error {
	switch {
	case r.From.IsZero():
		return errors.New("no first day")
	case !r.To.IsZero() && !r.From.Before(r.To):
		return fmt.Errorf("ends on %s, not after it begins on %s", r.To, r.From)
	case r.Address == "":
		return errors.New("no address")
	case !r.To.IsZero() && !numbersBegin.Before(r.To):
		return nil
	}
	// A residence may have begun under an earlier name of its municipality; it is entered anew when the code changes.
	last := r.From
	if last.Before(numbersBegin) {
		last = numbersBegin
	}
	if _, err := place.LookupMunicipality(r.Municipality, last); err != nil {
		return err
	}
	if !place.KeepsRegister(r.Municipality) {
		return fmt.Errorf("%s keeps no registers, its wards do", r.Municipality)
	}
	return nil
}

func (p Person) checkFamilyRegister() error {
	f := *p.FamilyRegister
	if !p.Japanese() {
		return errors.New("a foreign national has no supplementary family register (ELIG-011)")
	}
	if !place.KeepsRegister(f.Honseki) {
		return fmt.Errorf("honseki %s keeps no family register (APP-074)", f.Honseki)
	}
	if !f.Since.IsZero() && f.Since.Before(p.Birth) {
		return fmt.Errorf("the supplementary family register begins on %s, before birth", f.Since)
	}
	if f.Departure == nil {
		return nil
	}
	planned := f.Departure.Planned
	switch {
	case planned.IsZero():
		return errors.New("a departure without its planned day")
	case planned.Before(p.Birth):
		return fmt.Errorf("departure on %s, before birth", planned)
	}
	for i, r := range p.Residences {
		if r.From.Before(planned) && (r.To.IsZero() || r.To.After(planned)) {
			return fmt.Errorf("residence %d lasts beyond the departure on %s", i, planned)
		}
	}
	return nil
}
