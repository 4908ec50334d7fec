package acceptance

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestPagePictures makes pictures of the page for people to look at:
//
//	go -C acceptance test . -run TestPagePictures -screenshots FOLDER
func TestPagePictures(t *testing.T) {
	if *screenshots == "" {
		t.Skip("pictures are made with -screenshots FOLDER")
	}
	var names []string
	for _, f := range workflows.Families {
		names = append(names, f.Name)
	}
	all := pageOf(t, explained(t, names...)...)
	one := pageOf(t, explained(t, "patching")...)
	verdicts := pageOf(t, everyVerdict())
	const patching, interleavings = `document.getElementById('family:patching').scrollIntoView()`, `document.getElementById('family:interleavings').scrollIntoView()`
	type shot struct {
		name, file, do, medium, scheme string
		width, height                  int64
	}
	var shots []shot
	for name, file := range map[string]string{"one": one, "all": all, "1080": pageOf(t, many(1080)), "10000": pageOf(t, many(10_000))} {
		for _, width := range []int64{390, 800, 1400} {
			shots = append(shots, shot{fmt.Sprintf("%s-%d-light", name, width), file, "", "", "light", width, 1000},
				shot{fmt.Sprintf("%s-%d-dark", name, width), file, "", "", "dark", width, 1000})
		}
		shots = append(shots, shot{name + "-print", file, "", "print", "light", 718, 1046})
	}
	for _, tt := range append(shots, []shot{
		{"all-light", all, "", "", "light", 1280, 800},
		{"all-dark", all, "", "", "dark", 1280, 800},
		{"one-light", one, "", "", "light", 1280, 1000},
		{"grid-light", all, interleavings, "", "light", 1280, 800},
		{"grid-dark", all, interleavings, "", "dark", 1280, 800},
		{"filtered", all + "#?family=interleavings&verdict=nondeterministic&find=loop", patching, "", "light", 1280, 800},
		{"verdicts-light", verdicts, "", "", "light", 1280, 700},
		{"verdicts-dark", verdicts, "", "", "dark", 1280, 700},
		{"panel-breaks", all + "#patching/initial.waiting@patch-complete", "", "", "light", 1280, 1300},
		{"panel-drift", all + "#cutover/before.waiting@moved-in-place", "", "", "light", 1280, 1000},
		{"panel-drift-dark", all + "#runtimechecks/child-options/base.closed@other-memo", "", "", "dark", 1280, 1000},
		{"panel-safe", all + "#patching/initial.completed@patched", "", "", "light", 1280, 800},
		{"panel-long", all + "#interleavings/base.completed@pair", "", "", "dark", 1280, 1000},
		{"phone", one, "", "", "light", 390, 844},
		{"phone-grid", all, interleavings, "", "dark", 390, 844},
		{"phone-panel", all + "#cutover/before.waiting@moved-in-place", "", "", "light", 390, 844},
		{"print", one, "", "print", "dark", 718, 1046},
		{"print-wide", all + "#?family=interleavings", "", "print", "light", 718, 1046},
		{"print-panel", one + "#patching/initial.waiting@patch-complete", "", "print", "light", 718, 1046},
	}...) {
		p := open(t, tt.file, tt.width, tt.height, media(tt.medium, tt.scheme))
		if tt.do != "" {
			p.run(tt.do)
		}
		p.picture(tt.name)
		require.Empty(t, p.faults)
	}
}
