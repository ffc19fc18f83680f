package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"mynumber/internal/office"
	"mynumber/internal/place"
)

type staffCmd struct {
	Add         staffAddCmd   `cmd:"" help:"Make an account and print its one-time link."`
	Link        staffLinkCmd  `cmd:"" help:"Print another one-time link for an account."`
	List        staffListCmd  `cmd:"" help:"List who works where."`
	Leave       staffLeaveCmd `cmd:"" help:"End an account: its sessions, its ways to log in, its stand-ins."`
	EndSessions staffEndCmd   `cmd:"" help:"End every session of an account, as when a computer was stolen."`
}

type staffAddCmd struct {
	common
	Office  string `help:"Code of the office: six digits, the id of a mission, or issuer." required:"" placeholder:"CODE"`
	Role    string `help:"clerk, operator, stop_line or admin." required:"" placeholder:"ROLE"`
	Account string `help:"Name of the account; by default made of role and office." placeholder:"NAME"`
	Name    string `help:"Name of the person, shown to colleagues." placeholder:"NAME"`
	URL     string `help:"Public base address, for the link that is printed." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run makes the account.
func (c *staffAddCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		s := office.Staff{ID: c.Account, Name: c.Name, Office: place.Code(c.Office), Role: office.Role(c.Role)}
		if s.ID == "" {
			s.ID = strings.ReplaceAll(c.Role, "_", "") + "-" + c.Office
		}
		if s.Name == "" {
			s.Name = s.ID
		}
		link, _, err := o.AddStaff(ctx, office.Console(s.Office), s)
		if err != nil {
			return inWords(err)
		}
		fmt.Printf("account: %s\nlogs in once, within 7 days: %s/enter/%s\n", s.ID, strings.TrimRight(c.URL, "/"), link)
		return nil
	})
}

// onAccount are the flags of a command on one account.
type onAccount struct {
	common
	Account string `arg:"" help:"Name of the account."`
}

// do runs the act as whoever runs the installation.
func (c onAccount) do(ctx context.Context, act func(*office.Office, office.Actor) error) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		s, err := o.Account(ctx, c.Account)
		if err == nil {
			err = act(o, office.Console(s.Office))
		}
		if errors.Is(err, office.ErrNotFound) {
			return badInput{fmt.Errorf("%s: このアカウントはありません / there is no such account", c.Account)}
		}
		return inWords(err)
	})
}

type staffLinkCmd struct {
	onAccount
	URL string `help:"Public base address, for the link that is printed." default:"http://127.0.0.1:8080" placeholder:"URL"`
}

// Run prints a link.
func (c *staffLinkCmd) Run(ctx context.Context) error {
	return c.do(ctx, func(o *office.Office, who office.Actor) error {
		link, _, err := o.StaffLink(ctx, who, c.Account)
		if err == nil {
			fmt.Printf("logs in once, within 7 days: %s/enter/%s\n", strings.TrimRight(c.URL, "/"), link)
		}
		return err
	})
}

type staffLeaveCmd struct{ onAccount }

// Run ends an account.
func (c *staffLeaveCmd) Run(ctx context.Context) error {
	return c.do(ctx, func(o *office.Office, who office.Actor) error {
		receipt, err := o.Leave(ctx, who, c.Account)
		if err == nil {
			fmt.Printf("%s: left%s\n", c.Account, already(receipt))
		}
		return err
	})
}

type staffEndCmd struct{ onAccount }

// Run ends every session of an account.
func (c *staffEndCmd) Run(ctx context.Context) error {
	return c.do(ctx, func(o *office.Office, who office.Actor) error {
		_, err := o.EndSessions(ctx, who, c.Account)
		if err == nil {
			fmt.Printf("%s: every session has ended\n", c.Account)
		}
		return err
	})
}

func already(r office.Receipt) string {
	if r.Already {
		return " before"
	}
	return ""
}

type staffListCmd struct{ common }

// Run lists who works where.
func (c *staffListCmd) Run(ctx context.Context) error {
	return withOffice(ctx, c.common, func(o *office.Office) error {
		all, err := o.Accounts(ctx)
		for _, s := range all {
			fmt.Printf("%-20s %-10s %-10s %s\n", s.Office, s.Role, s.ID, s.Name)
		}
		return err
	})
}
