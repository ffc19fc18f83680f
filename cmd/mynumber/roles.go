package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"mynumber/internal/ocsp"
)

// role is a part of the program's work that a node may do.
type role string

const (
	webRole   role = "web"   // pages
	apiRole   role = "api"   // JSON, revocation lists and the authorities' certificates
	ocspRole  role = "ocsp"  // answers about certificates
	batchRole role = "batch" // what days bring, lists, mails
)

// allRoles is what one node does that is alone.
var allRoles = roles{webRole, apiRole, ocspRole, batchRole}

// roles are those of a node.
type roles []role

// parseRoles reads a list like "api,ocsp".
func parseRoles(text string) (roles, error) {
	var out roles
	for name := range strings.SplitSeq(text, ",") {
		r := role(strings.TrimSpace(name))
		if !slices.Contains(allRoles, r) {
			return nil, badInput{fmt.Errorf("-roles: there is no role %q; want some of web, api, ocsp, batch", name)}
		}
		out = append(out, r)
	}
	return out, nil
}

func (r roles) has(one role) bool { return slices.Contains(r, one) }

// faces are the addresses of the roles that have any; what is nobody's is web's.
var faces = []struct {
	prefix string
	role   role
}{{"/ocsp", ocspRole}, {ocsp.LagPath, ocspRole}, {"/api/", apiRole}, {"/crl/", apiRole}, {"/ca/", apiRole}}

// only shows the faces of these roles; the others are not there.
func (r roles) only(h http.Handler) http.Handler {
	if len(r) == len(allRoles) {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		face := webRole
		for _, f := range faces {
			if strings.HasPrefix(req.URL.Path, f.prefix) {
				face = f.role
				break
			}
		}
		if !r.has(face) {
			http.NotFound(w, req)
			return
		}
		h.ServeHTTP(w, req)
	})
}
