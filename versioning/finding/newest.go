package finding

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
	for _, t := range s.FromNewest() {
		worst = max(worst, t.Answer())
	}
	return worst
}

// FromNewest returns the rollbacks from the newest stage. Rollbacks to newer stages come first. A catalogue has none.
//
// Such a rollback meets the executions of all stages that come after the one it goes to, and not of the newest only:
// those that an intermediate stage began can still be open. It meets older ones too, which the newest stage keeps
// going and the stage it goes to may not. Without a recording of the newest stage nobody knows
// what it does to executions of that one, and the Transition says so, unless it breaks others.
func (s *Summary) FromNewest() (list []Transition) {
	newest := len(s.stages) - 1
	if s.family.Catalogue || s.rows == 0 {
		return nil
	}
	for to := newest - 1; to >= 0; to-- {
		stage, o := s.family.Stages[to].Name, s.stages[to]
		t := o.back.transition(RollingBack, stage)
		t.Unrecorded, t.Both, t.Mended = s.unrecorded(to), o.both.all(), o.mends.all()
		switch {
		case o.ofNewest, t.Worst() >= Changes:
			list = append(list, t)
		case len(s.partial) == 0 && s.family.Transition(s.family.Stages[newest].Name, stage):
			list = append(list, Transition{Kind: RollingBack, Stage: stage, Missing: s.missing(LaterStage, KnownLaterStage),
				Wanted: s.family.Stages[newest].Name})
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
