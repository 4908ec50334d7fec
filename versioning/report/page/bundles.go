package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A bundle holds the rows whose worst cell is in the same finding, nil for the rows that are in none.
type bundle struct {
	worst    *finding.Finding
	profiles []*profile
}

// A profile holds the rows in which the same happens at every stage.
type profile struct{ rows []matrix.Row }

// mostAlike is the number of rows of one profile that are shown each by itself.
const mostAlike = 12

func (p *profile) folded() bool { return len(p.rows) > mostAlike }

// count is what is said of rows that are shown as one: "960 recordings, 12 open".
func (p *profile) count() string {
	open := 0
	for _, row := range p.rows {
		if row.Err == nil && !row.Closed {
			open++
		}
	}
	text := prose.Plural(len(p.rows), "recording")
	switch open {
	case 0:
		return text + ", none open"
	case len(p.rows):
		return text + ", all open"
	default:
		return text + ", " + prose.Thousands(open) + " open"
	}
}

// bundlesOf puts the rows of the matrix below what is worst in them, the worst first. Within a bundle
// rows stay in the order of the matrix, but for those that are alike.
func bundlesOf(m *matrix.Matrix, s *finding.Summary) (bundles []*bundle) {
	numbers := map[*finding.Finding]int{}
	for i, f := range s.Findings() {
		numbers[f] = i + 1
	}
	profiles := map[string]*profile{}
	for _, row := range m.Rows {
		var worst *finding.Finding
		var key strings.Builder
		for _, c := range row.Cells {
			f := s.At(row, c)
			if f != nil && (worst == nil || finding.Compare(f, worst) < 0) {
				worst = f
			}
			fmt.Fprintf(&key, "%s %s %d %d %s\n", c.Stage, c.Verdict, numbers[f], signsOf(row, c, f != nil), finding.FateOf(c))
		}
		i := slices.IndexFunc(bundles, func(b *bundle) bool { return b.worst == worst })
		if i < 0 {
			i = len(bundles)
			bundles = append(bundles, &bundle{worst: worst})
		}
		p := profiles[key.String()]
		if p == nil {
			p = &profile{}
			profiles[key.String()] = p
			bundles[i].profiles = append(bundles[i].profiles, p)
		}
		p.rows = append(p.rows, row)
	}
	slices.SortStableFunc(bundles, func(a, b *bundle) int {
		switch {
		case a.worst == b.worst:
			return 0
		case a.worst == nil:
			return 1
		case b.worst == nil:
			return -1
		default:
			return finding.Compare(a.worst, b.worst)
		}
	})
	return bundles
}

// rows are those of all bundles, in the order in which the page has them.
func rows(bundles []*bundle) (list []matrix.Row) {
	for _, b := range bundles {
		for _, p := range b.profiles {
			list = append(list, p.rows...)
		}
	}
	return list
}
