package procedure

import "mynumber/internal/rules"

// ConfirmUndo decides whether somebody may confirm that something was an office's own error: somebody else has to have
// found it (FEE-005, CHG-034). Accounts are named by their keys; asked is empty when nobody found anything.
func ConfirmUndo(asked, confirms string) (Basis, error) {
	switch asked {
	case "":
		return nil, rules.Refuse("nothing_to_undo")
	case confirms:
		return nil, rules.Refuse("undo_needs_second_person")
	}
	return Basis{rules.Refusals["undo_needs_second_person"].Cite}, nil
}
