package web

import (
	"errors"
	"io"
	"net/http"
	"net/url"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/rules"
)

// fileMost is how many bytes of files a form may bring. What is larger is read to its end and dropped, so that the page
// can still answer, with everything else that was typed; the rulebook allows a photo 7 MB.
const fileMost = 12 << 20

// received are the files of a form; its texts stand in the request, as if it had none.
type received struct {
	content map[string][]byte
	dropped map[string]int64 // bytes of files that were too large to keep
}

var errUnreadable = &office.Invalid{Field: "form", Text: law.Text{Ja: "送られたフォームを読めません。", En: "The form that was sent cannot be read."}}

// receive reads a form with files. Everything stays in memory: nothing of it is written to a temporary file, because it
// may hold an Individual Number. The body's bound comes from the route; when it is passed, the texts read so far remain.
func receive(r *http.Request) (received, error) {
	files := received{content: map[string][]byte{}, dropped: map[string]int64{}}
	parts, err := r.MultipartReader()
	if err == http.ErrNotMultipart {
		return files, r.ParseForm()
	}
	if err != nil {
		return files, errUnreadable
	}
	r.PostForm = url.Values{}
	r.Form = r.PostForm
	texts, room := int64(formBody), int64(fileMost)
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return files, nil
		}
		if err != nil {
			return files, unreadable(err)
		}
		name := part.FormName()
		left := texts - int64(len(name))
		if part.FileName() != "" {
			left = room
		}
		b, err := io.ReadAll(io.LimitReader(part, max(left, 0)))
		if err != nil {
			return files, unreadable(err)
		}
		more, err := io.Copy(io.Discard, part)
		size := int64(len(b)) + more
		switch {
		case err != nil:
			return files, unreadable(err)
		case part.FileName() == "" && (more > 0 || left < 0):
			return files, &http.MaxBytesError{Limit: formBody}
		case part.FileName() == "":
			r.PostForm.Add(name, string(b))
			texts = left - size
		case more > 0:
			files.dropped[name] = size
		case size > 0:
			files.content[name] = b
			room -= size
		}
	}
}

// unreadable is what a body that breaks off means: too large, or no form.
func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return errUnreadable
}

// photo is the face photo of the form, nil when none was chosen. One too large to be kept is refused as the rulebook
// refuses it.
func (f received) photo(on civil.Date) ([]byte, error) {
	size, dropped := f.dropped["photo"]
	if !dropped {
		return f.content["photo"], nil
	}
	row, err := rules.OverseasPhoto.On(on)
	if err != nil {
		return nil, err
	}
	return nil, rules.Refuse("photo_file_size", size>>10, row.Rule.MinBytes>>10, row.Rule.MaxBytes>>20)
}
