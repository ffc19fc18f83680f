package web_test

import (
	"net/url"
	"strings"
	"testing"
)

// TestDraftPDF: an applicant prints the form that was filled in online, with the code for the window.
func TestDraftPDF(t *testing.T) {
	h := open(t, nil)
	form, photo := sato(t)
	page, path := h.apply(form, photo, 200)
	if !strings.Contains(page, path+"/form.pdf") {
		t.Error("the PDF is not offered")
	}
	pdf := h.get("", path+"/form.pdf", 200)
	if !strings.HasPrefix(pdf, "%PDF-") || strings.Contains(pdf, form["number"]) {
		t.Error("no PDF, or one with the number")
	}
	h.get("", "/apply/nothing/form.pdf", 404)
}

// TestFormPages: a form is printed from the person's page, its PDF can be had, and its reference opens it again.
func TestFormPages(t *testing.T) {
	h := open(t, nil)
	page := h.send("sumida", "/office/people", url.Values{"name": {"渡辺結"}, "birth": {"1992-12-01"}}, 200)
	h.says(page, "記録の内容を入れて印刷する", "FORM-012 紛失・廃止届")
	page = h.send("sumida", "/office/print", url.Values{"person": {"watanabe"}, "form": {"abolition_report"}}, 200)
	h.says(page, "FORM-012", "渡辺 結", "平成4年12月1日", "紛失・盗難")
	at := h.find(page, `href="(/office/forms/[a-z0-9]+)/form.pdf"`)
	if pdf := h.get("sumida", at+"/form.pdf", 200); !strings.HasPrefix(pdf, "%PDF-") {
		t.Error("no PDF")
	}
	reference := h.find(page, `<span class="chip">([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})</span>`)
	h.says(h.get("taipei", "/office/forms", 200), "様式の番号")
	h.says(h.send("taipei", "/office/forms", url.Values{"reference": {h.url + at}}, 200), "渡辺 結", reference)
	h.says(h.send("taipei", "/office/forms", url.Values{"reference": {"ABCD-EFGH-IJKL"}}, 404), "見つかりません")
	h.says(h.send("taipei", "/office/forms", url.Values{"reference": {"?"}}, 422), "12文字")
	h.send("sumida", "/office/print", url.Values{"person": {"watanabe"}, "form": {"passport"}}, 422)
	h.get("sumida", "/office/forms/abcdefghijkl", 404)
}
