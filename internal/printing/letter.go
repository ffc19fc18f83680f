package printing

import (
	"fmt"
	"strings"

	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/paper"
)

// services are the post's own words on the address side.
var services = map[notice.Service]law.Text{
	notice.NonForwarded: {Ja: "転送不要", En: "do not forward"},
	notice.Registered:   {Ja: "簡易書留", En: "simple registered"},
}

// Letter is a postcard or a letter, with the forms that lie in its envelope. The code in the corner opens the message at the
// office when it comes back.
func Letter(fonts paper.Fonts, m notice.Message, link string, enclosed ...Form) (Pages, error) {
	title, _, _ := strings.Cut(m.Subject, " / ")
	return Letters(fonts, title, []Envelope{{m, link, enclosed}})
}

// Envelope is a letter with what lies in its envelope.
type Envelope struct {
	Message  notice.Message
	Link     string
	Enclosed []Form
}

// Letters are several of them in one document, for the printer.
func Letters(fonts paper.Fonts, title string, all []Envelope) (Pages, error) {
	d := paper.New(fonts, title)
	for _, e := range all {
		if err := e.on(d); err != nil {
			return Pages{}, err
		}
	}
	return finish(d)
}

func (e Envelope) on(d *paper.Document) error {
	lay := letter
	switch m := e.Message; {
	case m.Letter == nil:
		return fmt.Errorf("message %s goes by %s and not on paper", m.ID, m.Channel)
	case m.Channel == notice.ByPostcard:
		lay = postcard
	}
	if err := lay(d, e.Message, e.Link); err != nil {
		return err
	}
	for _, f := range e.Enclosed {
		if err := f.on(d); err != nil {
			return err
		}
	}
	return nil
}

// postcard has the address on one side and the text on the other; what does not fit goes on a further side (圧着はがき).
func postcard(d *paper.Document, m notice.Message, link string) error {
	p := d.Page(paper.Postcard)
	p.Text(50, 5, "郵 便 は が き", paper.Style{Size: 9, Grey: 0.3, Align: paper.Centre})
	if s, ok := services[m.Letter.Service]; ok {
		p.Box(8, 12, 30, 7, thick)
		p.Fit(8, 12, 30, 7, s.Ja, paper.Style{Size: 11, Bold: true, Align: paper.Centre})
	}
	d.Where("宛先")
	p.Fit(12, 34, 78, 22, m.Letter.Address, paper.Style{Size: 12})
	p.Fit(12, 58, 78, 16, m.Letter.Name+"　様", paper.Style{Size: 16})
	d.Where("差出人")
	p.Paragraph(10, 108, 50, m.From, paper.Style{Size: 10})
	if err := p.Code(68, 104, 26, link); err != nil {
		return err
	}
	d.Where("文面")
	sides(d, paper.Postcard, 6, m, 7.5)
	return nil
}

// letter has the address where a window envelope shows it.
func letter(d *paper.Document, m notice.Message, link string) error {
	p := d.Page(paper.A4)
	if s, ok := services[m.Letter.Service]; ok {
		p.Box(20, 14, 30, 7, thick)
		p.Fit(20, 14, 30, 7, s.Ja, paper.Style{Size: 11, Bold: true, Align: paper.Centre})
	}
	d.Where("宛先")
	p.Fit(20, 28, 95, 16, m.Letter.Address, paper.Style{Size: 11})
	p.Fit(20, 44, 95, 12, m.Letter.Name+"　様", paper.Style{Size: 14})
	d.Where("差出人")
	p.Paragraph(130, 48, 60, m.From, paper.Style{Size: 11, Align: paper.Right})
	if err := p.Code(164, 14, 26, link); err != nil {
		return err
	}
	p.Dashes(4, 99, 10, 99) // where it is folded
	p.Dashes(4, 198, 10, 198)
	d.Where("文面")
	flow(d, p, paper.A4, 20, 80, m, 10.5)
	return nil
}

// sides prints the text from the top of a new side on.
func sides(d *paper.Document, size paper.Size, margin float64, m notice.Message, letters float64) {
	flow(d, d.Page(size), size, margin, margin, m, letters)
}

// flow prints subject and body from y on, and goes on over as many sides as it takes: nothing is cut off.
func flow(d *paper.Document, p *paper.Page, size paper.Size, margin, y float64, m notice.Message, letters float64) {
	room := size.Width - 2*margin
	bottom := size.Height - margin - 6
	y += p.Paragraph(margin, y, room, m.Subject, paper.Style{Size: letters + 2, Bold: true}) + 2
	for line := range strings.SplitSeq(strings.TrimSpace(m.Body), "\n") {
		if strings.HasPrefix(line, "----") {
			y += 1
			p.Dashes(margin, y, size.Width-margin, y)
			y += 1
			continue
		}
		if line == "" {
			y += letters * 0.2
			continue
		}
		if h := d.Height(line, letters, room); y+h > bottom {
			p, y = d.Page(size), margin
		}
		y += p.Paragraph(margin, y, room, line, paper.Style{Size: letters})
	}
}
