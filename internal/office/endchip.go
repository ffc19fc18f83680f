package office

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"mynumber/internal/apdu"
	"mynumber/internal/reader"
)

// endChipTime is how long an act waits for the chip of a card that it has ended.
const endChipTime = 3 * time.Second

// endChips ends the chips of cards that have ended and lie in an office's hands (返納, 回収): contents, PINs and keys are erased, and
// from then on the chip answers as a dead one. The registers have ended the card by then, and its certificates are revoked; so
// a chip that cannot be ended now (it is broken, or the power went) is a line in the log and holds nothing up.
func (o *Office) endChips(ctx context.Context, cards []string) {
	for _, id := range cards {
		if err := o.endChip(context.WithoutCancel(ctx), id); err != nil && o.Log != nil {
			o.Log.Warn("the chip of an ended card could not be ended", "card", id, "error", err)
		}
	}
}

func (o *Office) endChip(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, endChipTime)
	defer cancel()
	err := o.withTerminal(ctx, id, (*reader.Terminal).Terminate)
	if refused, ok := errors.AsType[*reader.StatusError](err); ok && refused.SW == apdu.NoDiagnosis {
		return nil // it is dead already
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil // a card from before these registers, or one without its chip
	}
	if err != nil {
		return fmt.Errorf("end the chip: %w", err)
	}
	return nil
}
