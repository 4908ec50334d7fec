package finding

import "slices"

// Deploy returns the answer to the first question: what does deploying the newest stage do? In a
// catalogue, Deploy returns the worst answer for any change.
func (s *Summary) Deploy() (worst Answer) {
	for _, t := range s.Transitions() {
		if (t.Kind == Deploying || t.Kind == Again) && (s.family.Catalogue || s.isNewest(t.Stage)) {
			worst = max(worst, t.Answer())
		}
	}
	return worst
}

// Roll returns what a rolling deploy of the newest stage does, in a catalogue that of any change.
func (s *Summary) Roll() (worst Roll) {
	for _, t := range s.Transitions() {
		if t.Kind == Deploying && (s.family.Catalogue || s.isNewest(t.Stage)) {
			worst = worst.or(t.Roll())
		}
	}
	return worst
}

// Rollback returns what a rollback from the newest stage does. In a catalogue, Rollback returns
// what the base does to executions of the changes.
func (s *Summary) Rollback() (worst Answer) {
	if s.family.Catalogue {
		for _, t := range s.Transitions() {
			if t.Kind == RollingBack {
				worst = max(worst, t.Answer())
			}
		}
		return worst
	}
	back := s.FromNewest()
	for _, t := range back {
		worst = max(worst, t.Answer())
	}
	if len(s.stages) > 1 && len(back) == 0 && s.rows > 0 && len(s.partial) == 0 {
		return Unknown // there is no recording of the newest stage
	}
	return worst
}

// FromNewest returns the rollbacks from the newest stage. Rollbacks to newer stages come first. A
// catalogue has none.
func (s *Summary) FromNewest() (list []Transition) {
	if s.family.Catalogue {
		return nil
	}
	for to, o := range slices.Backward(s.stages) {
		if !o.newest.empty() {
			list = append(list, o.newest.transition(RollingBack, s.family.Stages[to].Name))
		}
	}
	return list
}

// Worst returns the worst answer to any transition.
func (s *Summary) Worst() (worst Answer) {
	for _, t := range s.Transitions() {
		worst = max(worst, t.Answer())
	}
	return worst
}

func (s *Summary) isNewest(stage string) bool {
	return stage == s.family.Stages[len(s.family.Stages)-1].Name
}
