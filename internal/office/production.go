package office

import (
	"context"
	"errors"
	"fmt"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/card"
	"mynumber/internal/place"
)

// batchLimit bounds one production batch.
const batchLimit = 1000

// ProduceBatch makes the cards of all accepted applications that have none yet, the oldest first, and reports for how many.
// One that cannot be made does not stop the others.
func (o *Office) ProduceBatch(ctx context.Context, who Actor) (int, error) {
	var waiting []string
	err := o.read(ctx, who, "list.production", func(t *turn) error {
		waiting = nil
		found, err := t.Queue(place.Issuer, []application.State{application.InProduction}, batchLimit)
		if err != nil {
			return err
		}
		for _, a := range found {
			if a.CardID != "" {
				c, err := t.Card(a.CardID)
				if err != nil {
					return err
				}
				if c.State != card.Planned {
					continue
				}
			}
			waiting = append(waiting, a.ID)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return o.produceAll(ctx, who, waiting)
}

// FinishProduction makes the cards that were planned and not recorded as made, because the process died in between.
func (o *Office) FinishProduction(ctx context.Context) (int, error) {
	var begun []string
	err := o.Store.Read(ctx, func(tx Tx) error {
		begun = nil
		cards, err := tx.CardsIn(card.Planned, batchLimit)
		for _, c := range cards {
			begun = append(begun, c.ApplicationID)
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return o.produceAll(ctx, Actor{Staff: "batch", Office: place.Issuer, Role: authority.System}, begun)
}

func (o *Office) produceAll(ctx context.Context, who Actor, applications []string) (int, error) {
	made := 0
	var faults []error
	for _, id := range applications {
		r, err := o.Produce(oneOfMany(ctx), who, id)
		if err != nil {
			faults = append(faults, fmt.Errorf("application %s: %w", id, err))
			continue
		}
		if !r.Already {
			made++
		}
	}
	return made, errors.Join(faults...)
}
