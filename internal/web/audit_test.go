package web_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// audit reads a page as a browser and a reading aid would, and reports what keeps somebody from using it.
func audit(t *testing.T, where, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Errorf("%s: %v", where, err)
		return
	}
	a := &auditor{t: t, where: where, ids: map[string]int{}, labels: map[string]bool{}}
	a.collect(root)
	for id, n := range a.ids {
		if n > 1 {
			t.Errorf("%s: the id %s stands %d times", where, id, n)
		}
	}
	a.check(root)
	if !a.japanese || !a.english || a.headings != 1 {
		t.Errorf("%s: lang ja %v, some English %v, %d first headings", where, a.japanese, a.english, a.headings)
	}
}

type auditor struct {
	t        *testing.T
	where    string
	ids      map[string]int
	labels   map[string]bool
	japanese bool
	english  bool
	headings int
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func (a *auditor) collect(n *html.Node) {
	if id := attr(n, "id"); id != "" {
		a.ids[id]++
	}
	switch {
	case n.Type == html.ElementNode && n.Data == "label":
		a.labels[attr(n, "for")] = true
	case n.Type == html.ElementNode && n.Data == "h1":
		a.headings++
	}
	for c := range n.ChildNodes() {
		a.collect(c)
	}
}

func (a *auditor) check(n *html.Node) {
	if n.Type == html.ElementNode {
		a.element(n)
	}
	for c := range n.ChildNodes() {
		a.check(c)
	}
}

func (a *auditor) element(n *html.Node) {
	switch attr(n, "lang") {
	case "ja":
		a.japanese = a.japanese || n.Data == "html"
	case "en":
		a.english = true
	}
	for _, at := range n.Attr {
		if at.Key == "style" || strings.HasPrefix(at.Key, "on") {
			a.t.Errorf("%s: <%s> has the attribute %s, which the policy stops", a.where, n.Data, at.Key)
		}
	}
	switch n.Data {
	case "script", "style", "iframe", "object":
		a.t.Errorf("%s: a page has no <%s>", a.where, n.Data)
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && !a.labels[attr(n, "id")] && attr(n, "aria-label") == "" {
			a.t.Errorf("%s: the field %s has no label", a.where, attr(n, "name"))
		}
	case "img":
		if attr(n, "alt") == "" {
			a.t.Errorf("%s: a picture without words", a.where)
		}
	case "a":
		if to, ok := strings.CutPrefix(attr(n, "href"), "#"); ok && a.ids[to] == 0 {
			a.t.Errorf("%s: the link #%s leads nowhere", a.where, to)
		}
	}
	for _, key := range []string{"aria-describedby", "aria-labelledby"} {
		for id := range strings.FieldsSeq(attr(n, key)) {
			if a.ids[id] == 0 {
				a.t.Errorf("%s: %s names %s, which is not there", a.where, key, id)
			}
		}
	}
}
