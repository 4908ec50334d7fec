package workflows_test

import (
	"cmp"
	"flag"
	"hash/fnv"
	"slices"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/internal/race"
)

var tryAll = flag.Bool("all", false, "try all families in the tests that judge them anew, as .ci/nightly does, "+
	"and not a part of them")

// partOf returns what a test tries that judges recordings anew, where explained judges them once for
// all tests: all families and fixtures with -all, and without it one of so many, which are other ones for
// each test.
func partOf(test string, oneOf int) []corpora.Corpus {
	all := corpora.All()
	if *tryAll {
		return all
	}
	if race.Enabled {
		oneOf *= 2 // it takes ten times as long
	}
	drawn := func(c corpora.Corpus) uint32 {
		h := fnv.New32a()
		h.Write([]byte(test + " " + c.Family.Name))
		return h.Sum32()
	}
	slices.SortFunc(all, func(a, b corpora.Corpus) int { return cmp.Compare(drawn(a), drawn(b)) })
	return all[:(len(all)+oneOf-1)/oneOf]
}
