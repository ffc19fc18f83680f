package pki

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/asn1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3"
	"github.com/zmap/zlint/v3/lint"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
)

// The bytes of the real authorities' certificates (generation 3, 2023) and of the holders' profile.
// Where a name holds an O, the test puts the real one in place of ours before it compares.
const (
	realSignatureName      = "308180310B3009060355040613024A50310D300B060355040A0C044A504B4931233021060355040B0C1A4A504B4920666F72206469676974616C207369676E6174757265313D303B060355040B0C344A6170616E204167656E637920666F72204C6F63616C20417574686F7269747920496E666F726D6174696F6E2053797374656D73"
	realAuthenticationName = "308182310B3009060355040613024A50310D300B060355040A0C044A504B4931253023060355040B0C1C4A504B4920666F7220757365722061757468656E7469636174696F6E313D303B060355040B0C344A6170616E204167656E637920666F72204C6F63616C20417574686F7269747920496E666F726D6174696F6E2053797374656D73"
	realSignatureSAN       = "3081A3A481A030819D310B3009060355040613024A5031273025060355040A0C1EE585ACE79A84E5808BE4BABAE8AA8DE8A8BCE382B5E383BCE38393E382B93130302E060355040B0C27E585ACE79A84E5808BE4BABAE8AA8DE8A8BCE382B5E383BCE38393E382B9E7BDB2E5908DE794A831333031060355040B0C2AE59CB0E696B9E585ACE585B1E59BA3E4BD93E68385E5A0B1E382B7E382B9E38386E383A0E6A99FE6A78B"
	realAuthenticationSAN  = "3081ACA481A93081A6310B3009060355040613024A5031273025060355040A0C1EE585ACE79A84E5808BE4BABAE8AA8DE8A8BCE382B5E383BCE38393E382B931393037060355040B0C30E585ACE79A84E5808BE4BABAE8AA8DE8A8BCE382B5E383BCE38393E382B9E588A9E794A8E88085E8A8BCE6988EE794A831333031060355040B0C2AE59CB0E696B9E585ACE585B1E59BA3E4BD93E68385E5A0B1E382B7E382B9E38386E383A0E6A99FE6A78B"
	realSignatureCRLDP     = "30818F30818CA08189A08186A48183308180310B3009060355040613024A50310D300B060355040A0C044A504B4931233021060355040B0C1A4A504B4920666F72206469676974616C207369676E6174757265313D303B060355040B0C344A6170616E204167656E637920666F72204C6F63616C20417574686F7269747920496E666F726D6174696F6E2053797374656D73"
	realIssuerAltName      = "303AA4383036310B3009060355040613024A5031273025060355040A0C1EE585ACE79A84E5808BE4BABAE8AA8DE8A8BCE382B5E383BCE38393E382B9"
	holderSAN              = "3081D2A01F060A2A83088C9B5508050501A0110C0FE9BB92E6A190E38080E5B9B9E4B99FA019060A2A83088C9B5508050504A00B0C09333139383030323137A011060A2A83088C9B5508050503A0030C0131A046060A2A83088C9B5508050505A0380C36E69DB1E4BAACE983BDE6B885E780ACE5B882E8A6B3E5B883E5AD90E58D97EFBC91EFBC92EFBC8DEFBC97EFBC8DEFBC92EFBC90EFBC92A015060A2A83088C9B5508050502A0070C053030303030A022060A2A83088C9B5508050506A0140C12303030303030303030303030303030303030"
	policiesSignature      = "303D303B060B2A83088C9B550805010114302C302A06082B06010505070201161E687474703A2F2F7777772E6A706B692E676F2E6A702F6370732E68746D6C"
	policiesAuthentication = "303D303B060B2A83088C9B55080501031E302C302A06082B06010505070201161E687474703A2F2F7777772E6A706B692E676F2E6A702F6370732E68746D6C"
)

const realOrganisation = "公的個人認証サービス"

// withOrganisation is the name with another O.
func withOrganisation(n distinguishedName, o string) distinguishedName {
	for i := range n {
		if n[i].oid.der == oidOrganisation.der {
			n[i].text = o
		}
	}
	return n
}

func TestBytesOfTheProfile(t *testing.T) {
	signature, authentication := certificate.Signature, certificate.UserAuthentication
	for name, c := range map[string]struct {
		got  []byte
		want string
	}{
		"authority name, signature":      {withOrganisation(authorityName(signature), "JPKI").der(), realSignatureName},
		"authority name, authentication": {withOrganisation(authorityName(authentication), "JPKI").der(), realAuthenticationName},
		"authority SAN, signature":       {altName(oidSubjectAltName, withOrganisation(authorityAltName(signature), realOrganisation)).value, realSignatureSAN},
		"authority SAN, authentication":  {altName(oidSubjectAltName, withOrganisation(authorityAltName(authentication), realOrganisation)).value, realAuthenticationSAN},
		"authority CRLDP":                {distributionPoints(distributionPointName(withOrganisation(authorityName(signature), "JPKI"), "")).value, realSignatureCRLDP},
		"issuerAltName":                  {altName(oidIssuerAltName, withOrganisation(issuerAltName(), realOrganisation)).value, realIssuerAltName},
		"authority keyUsage":             {keyUsage(usageCertAndCRLSign).value, "03020106"},
		"authority basicConstraints":     {authorityExtensions(signature, nil)[2].value, "30030101FF"},
		"holder SAN":                     {testPlan(signature, 1).Holder.altName().value, holderSAN},
		"keyUsage, signature":            {keyUsageOf(signature).value, "030206C0"},
		"keyUsage, authentication":       {keyUsageOf(authentication).value, "03020780"},
		"policies, signature":            {policies(Policy(nil, signature, Card)).value, policiesSignature},
		"policies, authentication":       {policies(Policy(nil, authentication, Card)).value, policiesAuthentication},
	} {
		if got := strings.ToUpper(hex.EncodeToString(c.got)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, c.want)
		}
	}
}

func TestExtensionsAndTheirOrder(t *testing.T) {
	want := map[certificate.Kind]string{
		certificate.Signature:          "2.5.29.15! 2.5.29.17 2.5.29.18 2.5.29.32! 2.5.29.31 2.5.29.35 2.5.29.14 1.3.6.1.5.5.7.1.1",
		certificate.UserAuthentication: "2.5.29.15! 2.5.29.37 2.5.29.18 2.5.29.32! 2.5.29.31 2.5.29.35 2.5.29.14 1.3.6.1.5.5.7.1.1",
	}
	const authority = "2.5.29.15! 2.5.29.17 2.5.29.19! 2.5.29.31 2.5.29.14"
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		for who, c := range map[string]struct {
			der  []byte
			want string
		}{
			"holder":    {issue(t, a, planOf(a, 1)).Raw, want[kind]},
			"authority": {a.cert.Raw, authority},
		} {
			cert, err := x509.ParseCertificate(c.der)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range cert.Extensions {
				mark := ""
				if e.Critical {
					mark = "!"
				}
				got = append(got, e.Id.String()+mark)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s has %s, want %s", who, got, c.want)
			}
		}
	})
}

func TestSubject(t *testing.T) {
	for kind, want := range map[certificate.Kind]string{
		certificate.Signature:          "C=JP L=Tokyo-to L=Kiyose-shi CN=2026102712000000001" + "13221003A",
		certificate.UserAuthentication: "C=JP CN=997794E9AGCIEG13221003A",
	} {
		var got []string
		letters := map[string]string{"2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.3": "CN"}
		for _, a := range issue(t, testHouse().of(kind), testPlan(kind, 2)).Subject.Names {
			got = append(got, letters[a.Type.String()]+"="+a.Value.(string))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
}

// TestNoPersonalDataInUserAuthentication: 公的個人認証法 keeps name, address, birth date and sex out of it.
func TestNoPersonalDataInUserAuthentication(t *testing.T) {
	plan := testPlan(certificate.UserAuthentication, 3)
	plan.Holder = testPlan(certificate.Signature, 3).Holder
	if _, err := testHouse().authentication.Issue(plan); err == nil {
		t.Error("a user authentication certificate took a holder's four items")
	}
}

func TestSamePlanSameBytes(t *testing.T) {
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		plan := planOf(a, 4)
		first, err := a.Issue(plan)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := json.Marshal(plan)
		if err != nil {
			t.Fatal(err)
		}
		var resumed Plan
		if err := json.Unmarshal(kept, &resumed); err != nil {
			t.Fatal(err)
		}
		second, err := a.Issue(resumed)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, second) {
			t.Error("the plan kept as JSON gives another certificate")
		}
	})
}

// TestZlint asks an independent implementation. Only its RFC 5280 lints: those of the CA/Browser Forum are about web servers.
func TestZlint(t *testing.T) {
	registry, err := lint.GlobalRegistry().Filter(lint.FilterOptions{IncludeSources: lint.SourceList{lint.RFC5280}})
	if err != nil {
		t.Fatal(err)
	}
	eachKind(t, func(t *testing.T, kind certificate.Kind, a *Authority) {
		noURL, phone, late := planOf(a, 5), planOf(a, 6), planOf(a, 7)
		noURL.URLs = URLs{}
		phone.Medium = Phone
		late.URLs.DirectoryCRLOnly = true
		for name, der := range map[string][]byte{
			"authority": a.cert.Raw, "responder": a.ResponderCertificate().Raw,
			"holder": issue(t, a, planOf(a, 8)).Raw, "no address": issue(t, a, noURL).Raw,
			"phone": issue(t, a, phone).Raw, "directory name only": issue(t, a, late).Raw,
		} {
			cert, err := x509.ParseCertificate(der)
			if err != nil {
				t.Fatal(name, err)
			}
			ran := 0
			for lintName, result := range zlint.LintCertificateEx(cert, registry).Results {
				if result.Status >= lint.Error {
					t.Errorf("%s: %s: %s %s", name, lintName, result.Status, result.Details)
				}
				if result.Status >= lint.Pass {
					ran++
				}
			}
			if ran < 20 {
				t.Errorf("%s: only %d lints applied", name, ran)
			}
		}
	})
}

func TestLintRefuses(t *testing.T) {
	signature, authentication := certificate.Signature, certificate.UserAuthentication
	h := testHouse()
	for name, c := range map[string]struct {
		kind   certificate.Kind
		field  string
		change func(p *Plan)
	}{
		"wrong authority":          {signature, "kind", func(p *Plan) { p.Kind = authentication }},
		"no such medium":           {signature, "medium", func(p *Plan) { p.Medium = 9 }},
		"foreign serial":           {signature, "serial", func(p *Plan) { p.Serial[15] ^= 1 }},
		"serial of the other CA":   {signature, "serial", func(p *Plan) { p.Serial = h.authentication.Serial(1) }},
		"arc out of range":         {signature, "policy_arc", func(p *Plan) { p.PolicyArc = asn1.ObjectIdentifier{1, 40, 1} }},
		"negative arc":             {signature, "policy_arc", func(p *Plan) { p.PolicyArc = asn1.ObjectIdentifier{1, 2, -1} }},
		"fraction of a second":     {signature, "not_before", func(p *Plan) { p.NotBefore = noon.Add(time.Millisecond) }},
		"before the authority":     {signature, "not_before", func(p *Plan) { p.NotBefore = founding.Add(-time.Second) }},
		"no last day":              {signature, "until", func(p *Plan) { p.Until = civil.Date{} }},
		"last day is over":         {signature, "until", func(p *Plan) { p.Until = civil.Day(2026, 10, 26) }},
		"beyond the authority":     {signature, "until", func(p *Plan) { p.Until = civil.Day(2036, 4, 1) }},
		"common name too short":    {signature, "common_name", func(p *Plan) { p.CommonName = p.CommonName[1:] }},
		"letter in the time":       {signature, "common_name", func(p *Plan) { p.CommonName = "A" + p.CommonName[1:] }},
		"name in the common name":  {authentication, "common_name", func(p *Plan) { p.CommonName = "YAMADA TARO IG13221003A" }},
		"six-digit code":           {signature, "partition", func(p *Plan) { p.Partition.Code = "132217" }},
		"municipality in kanji":    {signature, "partition", func(p *Plan) { p.Partition.Municipality = "清瀬市" }},
		"no prefecture":            {signature, "partition", func(p *Plan) { p.Partition.Prefecture = "" }},
		"no key":                   {signature, "public_key", func(p *Plan) { p.PublicKey = nil }},
		"exponent 3":               {signature, "public_key", func(p *Plan) { k := *p.PublicKey.(*rsa.PublicKey); k.E = 3; p.PublicKey = &k }},
		"no number":                {signature, "public_key", func(p *Plan) { p.PublicKey = &rsa.PublicKey{} }},
		"key of another algorithm": {signature, "public_key", func(p *Plan) { p.PublicKey = &h.nextHolder.PublicKey }},
		"the authority's own key":  {signature, "public_key", func(p *Plan) { p.PublicKey = publicOf(h.signature.keys.CA) }},
		"the responder's key":      {signature, "public_key", func(p *Plan) { p.PublicKey = publicOf(h.signature.keys.Responder) }},
		"https":                    {signature, "urls", func(p *Plan) { p.URLs.Base = "https://pki.example.jp" }},
		"final slash":              {signature, "urls", func(p *Plan) { p.URLs.Base = "http://pki.example.jp/" }},
		"no holder":                {signature, "holder", func(p *Plan) { p.Holder = nil }},
		"empty name":               {signature, "name", func(p *Plan) { p.Holder.Name = "　" }},
		"name in Shift_JIS":        {signature, "name", func(p *Plan) { p.Holder.Name = "\x8e\x52\x93\x63" }},
		"NUL in the name":          {signature, "name", func(p *Plan) { p.Holder.Name = "山\x00田" }},
		"vendor character":         {signature, "name", func(p *Plan) { p.Holder.Name = "髙橋　太郎" }},
		"beyond the BMP":           {signature, "name", func(p *Plan) { p.Holder.Name = "𠮷田　太郎" }},
		"variation selector":       {signature, "name", func(p *Plan) { p.Holder.Name = "葛\U000E0100城　太郎" }},
		"direction mark":           {signature, "address", func(p *Plan) { p.Holder.Address = "東京\u202E都" }},
		"half-width digit":         {signature, "address", func(p *Plan) { p.Holder.Address = "東京都清瀬市1" }},
		"line break":               {signature, "address", func(p *Plan) { p.Holder.Address = "東京都\n清瀬市" }},
		"201 characters":           {signature, "address", func(p *Plan) { p.Holder.Address = strings.Repeat("東", 201) }},
		"too few flags":            {signature, "name", func(p *Plan) { p.Holder.NameSubstitutes = "0000" }},
		"flag 2":                   {signature, "name", func(p *Plan) { p.Holder.NameSubstitutes = "00002" }},
		"sex 9":                    {signature, "sex", func(p *Plan) { p.Holder.Sex = 9 }},
		"no birth":                 {signature, "birth", func(p *Plan) { p.Holder.Birth = civil.Date{} }},
		"born tomorrow":            {signature, "birth", func(p *Plan) { p.Holder.Birth = civil.Day(2026, 10, 28) }},
		"holder in authentication": {authentication, "holder", func(p *Plan) { p.Holder = testPlan(signature, 1).Holder }},
	} {
		t.Run(name, func(t *testing.T) {
			plan := testPlan(c.kind, 9)
			c.change(&plan)
			der, err := h.of(c.kind).Issue(plan)
			found, ok := errors.AsType[LintError](err)
			if !ok || der != nil {
				t.Fatalf("signed, or refused for another reason: %v", err)
			}
			for _, f := range found {
				if f.Field == c.field {
					return
				}
			}
			t.Errorf("findings %v, none about %s", found, c.field)
		})
	}
}

func TestLintAccepts(t *testing.T) {
	for name, change := range map[string]func(p *Plan){
		"200 characters":               func(p *Plan) { p.Holder.Address = strings.Repeat("東", 200) },
		"JIS X 0212":                   func(p *Plan) { p.Holder.Name = "森　鷗外" },
		"substitute, flagged":          func(p *Plan) { p.Holder.Name, p.Holder.NameSubstitutes = "高橋　太郎", "10000" },
		"last day of the authority":    func(p *Plan) { p.Until = civil.Day(2036, 3, 31) },
		"issued with the authority":    func(p *Plan) { p.NotBefore = founding },
		"born on the day of the issue": func(p *Plan) { p.Holder.Birth = civil.Day(2026, 10, 27) },
		"holder abroad":                func(p *Plan) { p.Holder.Address = "国外転出　２０２６年１１月１日" },
	} {
		plan := testPlan(certificate.Signature, 10)
		change(&plan)
		if _, err := testHouse().signature.Issue(plan); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestZlintOnLists does for CRL and ARL what TestZlint does for certificates.
func TestZlintOnLists(t *testing.T) {
	registry, err := lint.GlobalRegistry().Filter(lint.FilterOptions{IncludeSources: lint.SourceList{lint.RFC5280}})
	if err != nil {
		t.Fatal(err)
	}
	eachKind(t, func(t *testing.T, _ certificate.Kind, a *Authority) { zlintLists(t, a, registry) })
}

func zlintLists(t *testing.T, a *Authority, registry lint.Registry) {
	var arl bytes.Buffer
	if err := a.WriteARL(&arl, ARL{Number: 1, ThisUpdate: midnight, NextUpdate: midnight.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	for name, der := range map[string][]byte{"empty": writeCRL(t, a, nil), "entries": writeCRL(t, a, generated(50)), "ARL": arl.Bytes()} {
		list, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(name, err)
		}
		results := zlint.LintRevocationListEx(list, registry).Results
		for lintName, result := range results {
			if result.Status >= lint.Error {
				t.Errorf("%s: %s: %s %s", name, lintName, result.Status, result.Details)
			}
		}
		if len(results) == 0 {
			t.Errorf("%s: no lint ran", name)
		}
	}
}

func TestCommonNames(t *testing.T) {
	at := time.Date(2026, 3, 31, 15, 0, 1, 0, time.UTC)
	if got := SignatureCommonName(at, 42, "02203001B"); got != "2026040100000100042"+"02203001B" {
		t.Errorf("signature: %s", got)
	}
	plan := testPlan(certificate.UserAuthentication, 11)
	seen := map[string]bool{}
	for range 100 {
		name, err := UserAuthenticationCommonName(rand.Reader, "02203001B")
		if err != nil || seen[name] {
			t.Fatalf("%s: %v, or drawn twice", name, err)
		}
		seen[name] = true
		plan.CommonName = name
		if err := testHouse().authentication.Lint(plan); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := UserAuthenticationCommonName(strings.NewReader("short"), "02203001B"); err == nil {
		t.Error("a common name was drawn from a source that had ended")
	}
}
