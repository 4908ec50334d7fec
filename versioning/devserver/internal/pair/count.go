package pair

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/edit"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// Features returns what the pair and its run have of all that the generator makes: kinds of steps in
// either program, kinds of edits and of news.
func (s *Swapped) Features(p Pair) []string {
	has := map[string]bool{}
	for _, kind := range program.Kinds {
		has["step: "+string(kind)] = p.Old.Has(kind) || p.New.Has(kind)
	}
	for _, kind := range p.Edits {
		has["edit: "+string(kind)] = true
	}
	for _, news := range s.News {
		has["news: "+string(news)] = true
	}
	has["outcome: "+string(s.Outcome)+" "+s.Cause+s.Ending] = true
	maps.DeleteFunc(has, func(_ string, has bool) bool { return !has })
	return slices.Sorted(maps.Keys(has))
}

// A Tally counts things by name.
type Tally map[string]int

// Add counts each name once.
func (t Tally) Add(names ...string) {
	for _, name := range names {
		t[name]++
	}
}

func (t Tally) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&b, "%6d  %s\n", t[name], name)
	}
	return b.String()
}

// AllFeatures are all that Features can return, but for the outcomes.
func AllFeatures() (all []string) {
	for _, kind := range program.Kinds {
		all = append(all, "step: "+string(kind))
	}
	for _, kind := range edit.Kinds {
		all = append(all, "edit: "+string(kind))
	}
	for _, news := range AllNews {
		all = append(all, "news: "+string(news))
	}
	return all
}
