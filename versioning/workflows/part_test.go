package workflows_test

import (
	"flag"
	"hash/fnv"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/internal/race"
)

var tryAll = flag.Bool("all", false, "try all families in the tests that judge them anew, as .ci/nightly does, "+
	"and not a part of them")

// partOf returns what a test tries that judges recordings anew, where explained judges them once for
// all tests: all families and fixtures with -all, and without it one of so many, which are other ones for
// each test.
func partOf(test string, oneOf uint32) (part []corpora.Corpus) {
	if race.Enabled {
		oneOf *= 2 // it takes ten times as long
	}
	for _, c := range corpora.All() {
		h := fnv.New32a()
		h.Write([]byte(test + " " + c.Family.Name))
		if *tryAll || h.Sum32()%oneOf == 0 {
			part = append(part, c)
		}
	}
	return part
}
