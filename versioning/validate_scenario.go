package versioning

import (
	"errors"
	"fmt"
	"slices"
)

func (s Scenario) faults(familyTypes []string, stages map[string]bool) (faults []error) {
	if !plainName.MatchString(s.Name) {
		faults = append(faults, errors.New("must be named with lower-case words or numbers joined by hyphens"))
	}
	if s.Doc == "" {
		faults = append(faults, errors.New("is undocumented: set Doc to one sentence"))
	}
	if s.WorkflowType != "" && !slices.Contains(familyTypes, s.WorkflowType) {
		faults = append(faults, fmt.Errorf("starts workflow type %q, which is not one of the family's %s",
			s.WorkflowType, quoteAll(familyTypes)))
	}
	if ending := s.Ending(); !slices.Contains(endings, ending) {
		faults = append(faults, fmt.Errorf("has an unknown ending %q", ending))
	}
	return append(faults, s.planFaults(stages)...)
}

func (s Scenario) planFaults(stages map[string]bool) (faults []error) {
	switch plan := s.Plan.(type) {
	case nil:
	case EachStage:
		return unknownStages(plan.Stages, stages)
	case InTurn:
		return turnFaults(plan.Turns, stages)
	case Unattended:
		faults = unknownStages(plan.Stages, stages)
		if plan.WithoutWorker == nil {
			faults = append(faults, errors.New("is Unattended without WithoutWorker: nothing comes to its execution"))
		}
	case Observed:
		faults = unknownStages(plan.Stages, stages)
		if plan.Finish == nil && !s.WithoutActivities() {
			faults = append(faults, errors.New("is Observed and has nothing to close its execution: "+
				"set Finish, or Activities to NoActivities"))
		}
	default:
		faults = append(faults, fmt.Errorf("has a Plan of type %T: a plan is a value, not a pointer", plan))
	}
	return faults
}

func unknownStages(names []string, stages map[string]bool) (faults []error) {
	for _, name := range names {
		if !stages[name] {
			faults = append(faults, fmt.Errorf("is recorded at stage %q, which the family does not have", name))
		}
	}
	return faults
}

func turnFaults(turns []Turn, stages map[string]bool) (faults []error) {
	if len(turns) == 0 {
		faults = append(faults, errors.New("is InTurn without Turns: no stage executes it"))
	}
	for i, turn := range turns {
		switch {
		case !stages[turn.Stage]:
			faults = append(faults, fmt.Errorf("has a turn of stage %q, which the family does not have", turn.Stage))
		case i > 0 && turn.Drive == nil:
			faults = append(faults, fmt.Errorf("has a turn of stage %q without Drive: "+
				"nothing makes the stage execute it", turn.Stage))
		case i == len(turns)-1 && turn.Fails:
			faults = append(faults, errors.New("has Fails in its last turn: no stage goes on from there"))
		case turn.Fails && turn.Drive == nil:
			faults = append(faults, fmt.Errorf("has a turn of stage %q that Fails without Drive: "+
				"its first workflow task must complete", turn.Stage))
		case i == 0 && turn.NewRun:
			faults = append(faults,
				errors.New("has NewRun in its first turn: there is no run yet that could continue as new"))
		}
	}
	return faults
}
