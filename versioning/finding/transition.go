package finding

import "slices"

// A Transition says what happens to executions when the Workers of a stage take over.
type Transition struct {
	Kind  TransitionKind
	Stage string
	// Groups has one Group for each known lineage of the recordings: see Group. Unstarted is the
	// number of further executions. No Workflow Task of these executions has completed. If there
	// are neither Groups nor Unstarted executions, Missing says which recordings are missing, and Wanted
	// names the stage of which one would answer.
	Groups    []Group
	Unstarted int
	Missing   Missing
	Wanted    string
	// Unrecorded are the stages whose executions a rollback meets too, and that began none of the recorded executions, the
	// oldest first. One that an earlier stage began took the versions of that one. There are none where the stage of some
	// recording is unknown: it may be any.
	Unrecorded []string
	// Both are the older executions that a rollback from the newest stage breaks or changes, as the newest stage has done
	// before. They are in no other group, and count for no answer.
	Both []Group
	// Mended are those that it lets go on as they were meant to, with what the newest stage does to them. They count for no
	// answer either.
	Mended []Group
	// Only is whether the family has no other stage: every execution is then of code before this one.
	Only bool
}

// TransitionKind says how the Workers of a stage take over.
type TransitionKind string

// The kinds of transitions.
const (
	Deploying TransitionKind = "deploy"
	// Again deploys a stage over its own executions.
	Again       TransitionKind = "again"
	RollingBack TransitionKind = "roll back to"
	// Moving moves executions to the stage although Worker Versioning pins them to another build.
	Moving TransitionKind = "move pinned to"
)

// Missing names the recordings that a Transition needs for an answer and that do not exist.
type Missing string

// What can be missing.
const (
	NothingMissing Missing = ""
	EarlierStage   Missing = "an earlier stage"
	LaterStage     Missing = "a later stage"
	// There are recordings whose stage nobody knows. They may be of such a stage.
	KnownEarlierStage Missing = "a known earlier stage"
	KnownLaterStage   Missing = "a known later stage"
)

// Answer says whether the transition may be made. It is the worst answer for any execution of the
// transition. Executions that are pinned to another build count as safe.
func (t Transition) Answer() Answer {
	if t.Missing != NothingMissing {
		return Unknown
	}
	switch worst := t.Worst(); worst {
	case Pinned:
		return Safe
	case Unbegun, NotAsked:
		return Unknown
	default:
		return worst
	}
}

// Worst returns the worst that the transition does. It is Unbegun if no Workflow Task of any
// execution has completed. It is Unknown if there is no execution. A rollback that breaks and changes nothing that is
// recorded is Unknown too where Unrecorded names a stage: the executions that it began took versions that none of the
// recordings has.
func (t Transition) Worst() Answer {
	parts := t.Parts()
	switch {
	case len(parts) == 0:
		return Unknown
	case len(t.Unrecorded) > 0 && parts[0].Answer > Unbegun:
		return max(parts[0].Answer, Unknown)
	default:
		return parts[0].Answer
	}
}

// Roll says what happens while Workers of the stage before and of this stage run beside each other:
// what the former do with executions that have had a Workflow Task under the latter. It is
// NothingRolled where that was not asked. It changes no Answer: after an honest patch they get stuck
// until the old Workers stop.
func (t Transition) Roll() (worst Roll) {
	for _, g := range t.Groups {
		roll := NothingRolled
		switch {
		case g.ClosedBack > 0:
			roll = RollCloses
		case g.StuckBack > 0:
			roll = RollStuck
		case g.Rolled > 0:
			roll = NoneStuck
		}
		worst = worst.or(roll)
	}
	return worst
}

// Roll is what old Workers do while new ones run beside them.
type Roll string

// What can become of a roll.
const (
	NothingRolled Roll = ""
	// NoneStuck is said of the executions that were rehearsed. It promises nothing of others: those
	// that begin under the new code are what a rollback is about.
	NoneStuck Roll = "none-stuck"
	RollStuck Roll = "stuck"
	// RollCloses is worse: an execution that closes does not come back when the old Workers stop.
	RollCloses Roll = "closes"
)

// or returns the worse of both.
func (r Roll) or(another Roll) Roll {
	order := []Roll{NothingRolled, NoneStuck, RollStuck, RollCloses}
	return order[max(slices.Index(order, r), slices.Index(order, another))]
}

// A Part says what a transition does to some of its executions.
type Part struct {
	Answer Answer
	// Groups are the groups of these executions. There are none if the Answer is Unbegun.
	Groups []Group
	// Unstarted is the number of executions if the Answer is Unbegun, else 0.
	Unstarted int
}

// Parts returns the parts, the worst first. Pinned comes after Safe, and Unbegun comes last. A
// Group with pinned executions is also in a second Part if some of its executions get to the stage.
func (t Transition) Parts() (parts []Part) {
	for _, answer := range []Answer{Breaks, Changes, Unknown, Otherwise, Doubted, Safe, Pinned} {
		p := Part{Answer: answer}
		for _, g := range t.Groups {
			if g.Answer == answer || answer == Pinned && g.Pinned {
				p.Groups = append(p.Groups, g)
			}
		}
		if len(p.Groups) > 0 {
			parts = append(parts, p)
		}
	}
	if t.Unstarted > 0 {
		parts = append(parts, Part{Answer: Unbegun, Unstarted: t.Unstarted})
	}
	return parts
}

// Transitions answers for each stage: may it be deployed over the stages before it, and may it
// be rolled back to from the stages after it? An execution belongs to the last stage of its
// lineage. An execution whose stage nobody knows may meet any deploy. Where executions are
// pinned to another build, one more answer says whether they may be moved to the stage. What a
// stage does to its own executions is a transition too, if it is not safe or if there is no
// other stage: the code was then changed in place. Where no recording can answer, the
// Transition says what is missing.
func (s *Summary) Transitions() (list []Transition) {
	for to, stage := range s.family.Stages {
		o := s.stages[to]
		add := func(kind TransitionKind, g groups) {
			if !g.empty() {
				t := g.transition(kind, stage.Name)
				t.Only = len(s.stages) == 1
				if kind == RollingBack {
					t.Unrecorded = s.unrecorded(to)
				}
				list = append(list, t)
			}
		}
		changed := func(g Group) bool { return g.Answer >= Changes }
		if len(s.stages) == 1 || slices.ContainsFunc(o.own.list, changed) {
			add(Again, o.own)
		}
		if wanted := s.unanswered(to, 0, to, o.deploy); wanted != "" {
			missing := s.missing(EarlierStage, KnownEarlierStage)
			list = append(list, Transition{Kind: Deploying, Stage: stage.Name, Missing: missing, Wanted: wanted})
		}
		if wanted := s.unanswered(to, to+1, len(s.stages), o.rollback); wanted != "" {
			missing := s.missing(LaterStage, KnownLaterStage)
			list = append(list, Transition{Kind: RollingBack, Stage: stage.Name, Missing: missing, Wanted: wanted})
		}
		add(Deploying, o.deploy)
		add(RollingBack, o.rollback)
		if moved := moves(slices.Concat(o.deploy.all(), o.rollback.all())); len(moved) > 0 {
			list = append(list, Transition{Kind: Moving, Stage: stage.Name, Groups: moved})
		}
	}
	return list
}

// moves returns what the stage does to pinned executions that are moved to it.
func moves(list []Group) (moved []Group) {
	for _, g := range list {
		if g.Pinned {
			moved = append(moved, Group{Lineage: g.Lineage, Recordings: g.Recordings, Of: g.Of, Answer: g.Moved})
		}
	}
	return moved
}

// unanswered returns a stage if recordings are missing to answer for a transition to the stage: there is
// none of any of the stages from first up to end, from which executions could come. It is the last of them, which
// for a deploy is what runs now, and for a roll back what has been deployed. Otherwise it is "".
func (s *Summary) unanswered(to, first, end int, g groups) string {
	if !g.empty() || len(s.partial) > 0 || s.rows == 0 {
		return ""
	}
	for _, from := range slices.Backward(s.family.Stages[first:end]) {
		if s.family.Transition(from.Name, s.family.Stages[to].Name) {
			return from.Name
		}
	}
	return ""
}

// unrecorded are the stages after this one that began no recorded execution, and whose executions it can be given.
func (s *Summary) unrecorded(to int) (stages []string) {
	if s.strangers > 0 || len(s.partial) > 0 {
		return nil
	}
	for _, from := range s.family.Stages[to+1:] {
		if !s.began[from.Name] && s.family.Transition(from.Name, s.family.Stages[to].Name) {
			stages = append(stages, from.Name)
		}
	}
	return stages
}

func (s *Summary) missing(stage, known Missing) Missing {
	if s.strangers > 0 {
		return known
	}
	return stage
}
