package folder

import "mynumber/internal/status"

// statusDir has what the outside hears of certificates, as files that are made anew from the registers when they are lost.
const statusDir = "status"

// Status opens the files for the one process that keeps them. status.ErrInUse when another one does.
func (f *Folder) Status(begins status.Begins) (*status.Set, error) {
	return status.Open(f.Path(statusDir), begins)
}
