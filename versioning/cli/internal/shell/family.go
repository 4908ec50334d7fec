package shell

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Family returns the family of that name. If the name is empty, Family returns the first family.
func (s *Shell) Family(name string) (*versioning.Family, error) {
	if name == "" {
		return s.Families[0], nil
	}
	var group []string
	for _, f := range s.Families {
		if f.Name == name {
			return f, nil
		}
		if strings.HasPrefix(f.Name, name+"/") {
			group = append(group, f.Name)
		}
	}
	if len(group) > 0 {
		return nil, Usage(fmt.Errorf("--family: %s is a group of families, name one of them: %s", name, Joined(group)))
	}
	return nil, s.unknownFamily(name)
}

// unknownFamily says what there is instead. The command of this library is built with
// the reference families alone, which is no mistake that another spelling mends.
func (s *Shell) unknownFamily(name string) error {
	fault := fmt.Sprintf("unknown family %q: the families are %s", name, Nearest(name, Names(s.Families)))
	if s.Name == DefaultName {
		fault += fmt.Sprintf("; for workflows of yours use a command of your own, which %q writes", DefaultName+
			" init ./PACKAGE --command")
	}
	return Usage(errors.New(fault))
}

// Chosen returns the families of those names, in the order of the names. A name can also be the
// beginning of several family names, up to a slash ("runtimechecks"). Without names, Chosen returns
// all families.
func (s *Shell) Chosen(names []string) (families []*versioning.Family, err error) {
	if len(names) == 0 {
		return s.Families, nil
	}
	for _, name := range names {
		found := false
		for _, f := range s.Families {
			if f.Name != name && !strings.HasPrefix(f.Name, name+"/") {
				continue
			}
			found = true
			if !slices.Contains(families, f) {
				families = append(families, f)
			}
		}
		if !found {
			return nil, s.unknownFamily(name)
		}
	}
	return families, nil
}

// Names are the names of the families.
func Names(families []*versioning.Family) []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f.Name
	}
	return names
}
