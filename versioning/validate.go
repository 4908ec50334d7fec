package versioning

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

var (
	familyName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$`)
	plainName  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
)

// Validate checks families before anything is replayed or recorded. The error joins one message for
// each fault, and each message names the faulty part. The error is nil if there is no fault.
// Validate calls the Register function of every stage to learn the workflow types. If Register
// panics, the panic becomes such a message.
func Validate(families ...*Family) error {
	var faults []error
	if len(families) == 0 {
		faults = append(faults, errors.New("no families"))
	}
	seen := map[string]bool{}
	for i, f := range families {
		if f == nil {
			faults = append(faults, fmt.Errorf("family %d is nil", i))
			continue
		}
		if seen[f.Name] {
			faults = append(faults, fmt.Errorf("duplicate family: %s", f.Name))
		}
		seen[f.Name] = true
		for _, fault := range f.faults() {
			faults = append(faults, fmt.Errorf("family %q: %w", f.Name, fault))
		}
	}
	return errors.Join(faults...)
}

// Validate checks only this family; see the function Validate.
func (f *Family) Validate() error { return Validate(f) }

func (f *Family) faults() (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }

	if !familyName.MatchString(f.Name) {
		fault("the name must be lower-case words joined by hyphens, in groups separated by slashes")
	}
	if f.Doc == "" {
		fault("is undocumented: set Doc to one sentence")
	}
	if len(f.WorkflowTypes) == 0 {
		fault("has no WorkflowTypes: name the workflow type that its stages register")
	}
	if len(f.Stages) == 0 {
		fault("has no stages")
	}
	stages := map[string]bool{}
	for _, s := range f.Stages {
		if stages[s.Name] {
			fault("duplicate stage: %s", s.Name)
		}
		stages[s.Name] = true
		for _, sf := range s.faults(f.WorkflowTypes) {
			fault("stage %q %w", s.Name, sf)
		}
	}
	scenarios := map[string]bool{}
	for _, s := range f.Scenarios {
		if scenarios[s.Name] {
			fault("duplicate scenario: %s", s.Name)
		}
		scenarios[s.Name] = true
		for _, sf := range s.faults(f.WorkflowTypes, stages) {
			fault("scenario %q %w", s.Name, sf)
		}
	}
	return append(faults, f.buildFaults()...)
}

func (s Stage) faults(familyTypes []string) (faults []error) {
	if !plainName.MatchString(s.Name) {
		faults = append(faults, errors.New("must be named with lower-case words or numbers joined by hyphens"))
	}
	if s.Doc == "" {
		faults = append(faults, errors.New("is undocumented: set Doc to one sentence"))
	}
	if s.Register == nil {
		return append(faults, errors.New("has nil Register"))
	}
	registered, err := registry.OfWorkflows(s.Register)
	if err != nil {
		return append(faults, err)
	}
	for _, name := range familyTypes {
		if registered.Has(name) {
			return faults
		}
	}
	return append(faults,
		fmt.Errorf("registers workflow type %s, want %s: stages of one family share their workflow type",
			quoteAll(registered.Names), quoteAll(familyTypes)))
}

func (f *Family) buildFaults() (faults []error) {
	stageOf, without := map[string]string{}, false
	for _, s := range f.Stages {
		if s.BuildID == "" {
			without = true
			continue
		}
		if other, taken := stageOf[s.BuildID]; taken {
			faults = append(faults, fmt.Errorf("stages %q and %q have the build ID %q: a Worker Deployment "+
				"Version is one build", other, s.Name, s.BuildID))
		}
		stageOf[s.BuildID] = s.Name
	}
	if without && len(stageOf) > 0 {
		faults = append(faults, errors.New("gives some stages a build ID and others none"))
	}
	return faults
}

func quoteAll(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(quoted, ", ")
}
