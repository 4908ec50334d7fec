package program

import (
	"fmt"
	"strings"
)

// String returns the program as pseudo-code.
func (p *Program) String() string {
	var b strings.Builder
	write(&b, p.Steps, 0)
	return b.String()
}

func write(b *strings.Builder, steps []Step, depth int) {
	indent := strings.Repeat("    ", depth)
	for _, s := range steps {
		fmt.Fprintf(b, "%s%s\n", indent, s.line())
		for i, block := range s.Blocks {
			if label := s.label(i); label != "" {
				fmt.Fprintf(b, "%s  %s:\n", indent, label)
				write(b, block, depth+1)
			}
		}
	}
}

// label names a block, "" for a block that cannot run.
func (s Step) label(block int) string {
	switch s.Kind {
	case Select:
		return []string{
			when(s.Duration > 0, "after "+s.Duration.String()),
			when(s.Name != "", "received "+s.Name),
			when(s.Value != "", "activity "+s.Value+" ends"),
		}[block]
	case Fork:
		return "go"
	case Version:
		return fmt.Sprint("version ", s.Min+block)
	case When:
		return []string{"then", "else"}[block]
	}
	return "do"
}

func when(is bool, text string) string {
	if is {
		return text
	}
	return ""
}

func (s Step) line() string {
	as := ""
	if s.Target == Decimal {
		as = " as a number"
	}
	switch s.Kind {
	case Activity, LocalActivity, Child, Spawn:
		own := when((s.Kind == Child || s.Kind == Spawn) && s.Flag, " with an ID of its own")
		return fmt.Sprintf("%s %s(%s)%s%s", s.Kind, s.Name, s.Value, own, as)
	case Timer:
		return fmt.Sprint("sleep ", s.Duration)
	case Receive, Drain:
		return fmt.Sprintf("%s %s%s", s.Kind, s.Name, as)
	case Handle:
		return fmt.Sprintf("on update %s", s.Name)
	case AwaitUpdates:
		return fmt.Sprintf("await %d updates", s.Count)
	case Select:
		return "select" + when(s.Flag, ", cancel the timer") + as
	case Fork:
		return "fork, wait by " + map[bool]string{false: "WaitGroup", true: "channel"}[s.Flag]
	case Cancelled:
		if s.Name == "" {
			return fmt.Sprintf("beside a timer of %v, cancelled after it", s.Duration)
		}
		return fmt.Sprintf("beside activity %s(%s), cancelled after it", s.Name, s.Value)
	case SideEffect, Return, Fail, Upsert:
		return fmt.Sprintf("%s %q", s.Kind, s.Value)
	case MutableSideEffect, Memo:
		return fmt.Sprintf("%s %s = %q", s.Kind, s.Name, s.Value)
	case Version:
		return fmt.Sprintf("GetVersion(%s, %d, %d)", s.Name, s.Min, s.Max)
	case Repeat:
		return fmt.Sprintf("repeat %d times", s.Count)
	case When:
		return fmt.Sprintf("if last == %q", s.Value)
	case Notify:
		return fmt.Sprintf("signal %s(%s) to %s", s.Name, s.Value, s.Target)
	}
	return string(s.Kind)
}

// String returns the line of the step, without its blocks.
func (s *Step) String() string { return s.line() }
