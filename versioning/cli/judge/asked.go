package judge

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// asked is what a person has asked explain about: one cell, or the worst of some.
type asked struct {
	// cell is the one that was named, nil if it has to be found.
	cell *place
	// of says what the cells are those of.
	of     string
	scopes []scope
}

// scope are recordings of a family.
type scope struct {
	family  *versioning.Family
	sources []history.Source
	// names are those of the recordings, nil for all of them.
	names []string
}

// finder finds what an argument names. It reads recordings only if no other name fits.
type finder struct {
	commands
	// identities are what recordings say of themselves, nil if they were not read.
	identities []identity
	// missing are the families without recordings.
	missing severalMissing
}

// find returns what the argument names. The meanings are tried in the order of docs/explain.md.
func (f *finder) find(ctx context.Context, name string) (a asked, err error) {
	p, fault := f.cell(name)
	if fault == nil {
		return asked{cell: &p}, nil
	}
	if !shell.IsUsage(fault) {
		return a, fault
	}
	if family, rest := f.familyOf(name); family != nil {
		sources, err := f.Sources(family)
		if err != nil {
			return a, err
		}
		if recording, ok := recordingNamed(sources, rest); ok {
			return asked{of: "recording " + family.Name + "/" + shell.Printable(recording),
				scopes: []scope{{family, sources, []string{recording}}}}, nil
		}
	}
	if families, err := f.Chosen([]string{name}); err == nil && name != "" {
		return f.families(families, name)
	}
	if err := f.identify(ctx); err != nil {
		return a, err
	}
	if scopes, _, err := f.thatAre(func(i identity) bool { return i.workflowType == name }); len(scopes) > 0 || err != nil {
		return asked{of: "workflow type " + shell.Printable(name), scopes: scopes}, err
	}
	scopes, runs, err := f.thatAre(func(i identity) bool { return i.workflowID == name })
	switch {
	case err != nil:
		return a, err
	case runs > 1:
		of := fmt.Sprintf("%d recordings of workflow ID %s", runs, shell.Printable(name))
		return asked{of: of, scopes: scopes}, nil
	case runs == 1:
		return asked{of: "workflow ID " + shell.Printable(name), scopes: scopes}, nil
	}
	if f.meantCell(name) {
		return a, fault
	}
	return a, f.unknown(name)
}

// meantCell reports whether the name can only be that of a cell, with a mistake in it.
func (f *finder) meantCell(name string) bool {
	family, rest := f.familyOf(name)
	if family == nil || strings.HasPrefix(name, family.Name+"/") {
		return family != nil
	}
	recording, _, found := strings.Cut(rest, "@")
	sources, err := f.Sources(family)
	if err != nil || !found {
		return false
	}
	_, known := recordingNamed(sources, recording)
	return known
}

// everything is what is asked about without a name.
func (f *finder) everything() (asked, error) {
	if len(f.Families) == 1 {
		return f.families(f.Families, f.Families[0].Name)
	}
	a, err := f.families(f.Families, "")
	a.of = fmt.Sprintf("all %d families", len(a.scopes))
	return a, err
}

// families are all recordings of the families. Of several, those without recordings are left out.
func (f *finder) families(families []*versioning.Family, of string) (a asked, err error) {
	a.of, f.missing = of, nil
	for _, family := range families {
		sources, err := f.Sources(family)
		if f.missing.add(err) {
			continue
		}
		if err != nil {
			return a, err
		}
		a.scopes = append(a.scopes, scope{family, sources, nil})
	}
	if len(a.scopes) == 0 {
		return a, f.missing
	}
	return a, nil
}

// thatAre returns the recordings that are so, and how many they are.
func (f *finder) thatAre(are func(identity) bool) (scopes []scope, count int, err error) {
	for _, i := range f.identities {
		if !are(i) {
			continue
		}
		if n := len(scopes); n == 0 || scopes[n-1].family != i.family {
			sources, err := f.Sources(i.family)
			if err != nil {
				return nil, 0, err
			}
			scopes = append(scopes, scope{family: i.family, sources: sources})
		}
		last := &scopes[len(scopes)-1]
		last.names = append(last.names, i.recording)
		count++
	}
	for i := range scopes {
		if len(scopes[i].names) == len(scopes[i].sources) {
			scopes[i].names = nil
		}
	}
	return scopes, count, nil
}

// unknown lists what is spelt most like the name, of each kind.
func (f *finder) unknown(name string) error {
	var types, ids []string
	for _, i := range f.identities {
		types = append(types, i.workflowType)
		ids = append(ids, i.workflowID)
	}
	text := fmt.Sprintf("%q is no cell, recording, family, workflow type or workflow ID", name)
	if len(f.Families) == 1 {
		if sources, err := f.Sources(f.Families[0]); err == nil {
			names := make([]string, len(sources))
			for i, s := range sources {
				names[i] = s.Name
			}
			text += "; the recordings are " + shell.Nearest(name, names)
		}
	} else {
		text += "; the families are " + shell.Nearest(name, shell.Names(f.Families))
	}
	for _, kind := range []struct {
		called string
		names  []string
	}{{"types", types}, {"IDs", ids}} {
		slices.Sort(kind.names)
		names := slices.DeleteFunc(slices.Compact(kind.names), func(name string) bool { return name == "" })
		if len(names) > 0 {
			text += fmt.Sprintf("; the workflow %s are %s", kind.called, shell.Nearest(name, names))
		}
	}
	return shell.Usage(errors.New(text))
}
