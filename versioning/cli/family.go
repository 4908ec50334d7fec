package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// family returns the family of that name, the first one if it is empty.
func (s *Shell) family(name string) (*versioning.Family, error) {
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
		return nil, usage(fmt.Errorf("--family: %s is a group of families, name one of them: %s", name, joined(group)))
	}
	return nil, s.unknownFamily(name)
}

// unknownFamily says what there is instead. The command of this library is built with
// the reference families alone, which is no mistake that another spelling mends.
func (s *Shell) unknownFamily(name string) error {
	fault := fmt.Sprintf("unknown family %q: the families are %s", name, nearest(name, namesOf(s.Families)))
	if s.Name == defaultName {
		fault += fmt.Sprintf("; for workflows of yours use a command of your own, which %q writes", defaultName+" init ./PACKAGE --command")
	}
	return usage(errors.New(fault))
}

// chosen returns the families of those names, or below a name with slashes left
// out ("runtimechecks"), in the order of the names; all of them if there are none.
func (s *Shell) chosen(names []string) (families []*versioning.Family, err error) {
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

// namesOf are the names of the families.
func namesOf(families []*versioning.Family) []string {
	names := make([]string, len(families))
	for i, f := range families {
		names[i] = f.Name
	}
	return names
}
