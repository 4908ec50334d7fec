package svg

import (
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

const (
	cellHeight, cellGap, cellSize = 28.0, 6.0, 12.0
	// wideCell has room for a symbol beside its sign, and narrowCell for the sign.
	wideCell, narrowCell = 92.0, 30.0
	// mostWide is the number of stages up to which cells are wide.
	mostWide = 5
)

// grid draws groups of recordings by stages.
func (c *canvas) grid(g *grid) {
	if g == nil {
		return
	}
	cell, wide := narrowCell, len(g.Stages) <= mostWide
	if wide {
		cell = wideCell
	}
	c.y += 6
	left := width - margin - float64(len(g.Stages))*(cell+cellGap) + cellGap
	room := left - margin - 16
	c.stages(g, left, cell, wide)
	for _, row := range g.Rows {
		top := c.y
		middle := top + cellHeight/2
		c.text(left-16, middle+count.size*.36, count, row.Count)
		c.group(row.Name, middle, room-widthOf(row.Count, plain, count.size)-12)
		for i, drawn := range row.Cells {
			if drawn != nil {
				c.cell(drawn, left+float64(i)*(cell+cellGap), top, cell, wide)
			}
		}
		c.y += cellHeight + cellGap
	}
	c.y += 8
	c.more(g.More)
	c.legend(g)
}

// count is how the number of recordings looks.
var count = letter{size: 13, color: muted, anchor: "end"}

// group writes the name of a group around the height, small on two lines if it is long.
func (c *canvas) group(name string, middle, room float64) {
	look := letter{font: mono, size: 13, color: ink}
	if widthOf(name, mono, look.size) <= room {
		c.text(margin, middle+look.size*.36, look, name)
		return
	}
	look.size = 11.5
	lines := wrapped(name, mono, look.size, room, 2)
	for i, text := range lines {
		c.text(margin, middle+look.size*.36+(float64(i)-float64(len(lines)-1)/2)*(look.size+2), look, text)
	}
}

// stages are the heads of the columns: names that fit, or else numbers with a line that says whose they are.
func (c *canvas) stages(g *grid, left, cell float64, wide bool) {
	heads, most := make([][]string, len(g.Stages)), 0
	look := letter{font: mono, size: 12, color: muted, anchor: "middle"}
	for i, stage := range g.Stages {
		heads[i] = wrapped(stage, mono, look.size, cell+cellGap-2, 3)
		wide = wide && strings.Join(heads[i], "") == stage
	}
	if !wide {
		key := ""
		for i, stage := range g.Stages {
			heads[i] = []string{strconv.Itoa(i + 1)}
			key += strconv.Itoa(i+1) + "\u00a0" + shortened(stage, mono, 12, inner/2-40)
			if i < len(g.Stages)-1 {
				key += ", "
			}
		}
		c.paragraph(margin, letter{font: mono, size: 12, color: muted}, wrapped(key, mono, 12, inner, 6))
		c.y += 8
	}
	for _, head := range heads {
		most = max(most, len(head))
	}
	height := look.size * 1.25
	for i, head := range heads {
		for n, text := range head {
			y := c.y + float64(most-len(head)+n+1)*height - 3
			c.text(left+float64(i)*(cell+cellGap)+cell/2, y, look, text)
		}
	}
	c.y += float64(most)*height + 6
}

// cell draws the verdict, with the sign of what that does to executions. What could not be judged is an empty box.
func (c *canvas) cell(g *gridCell, x, y, size float64, wide bool) {
	pair := palette.OfVerdict(g.Verdict)
	if g.Verdict == replay.Unjudged {
		c.outline(x+.5, y+.5, size-1, cellHeight-1, 5, muted)
	} else {
		c.rect(x, y, size, cellHeight, 5, pair.Back)
	}
	if !wide || g.Verdict == replay.Unjudged {
		c.glyph(g.Answer, x+(size-14)/2, y+(cellHeight-14)/2, 14, pair.Text)
		return
	}
	c.glyph(g.Answer, x+8, y+(cellHeight-12)/2, 12, pair.Text)
	c.text(x+25, y+cellHeight/2+cellSize*.36, letter{font: bold, size: cellSize, color: pair.Text}, g.Symbol)
}

// legend says what the symbols mean.
func (c *canvas) legend(g *grid) {
	for _, m := range g.Legend {
		c.cell(&m.gridCell, margin, c.y, wideCell, true)
		lines := wrapped(m.Says, plain, aside.size, inner-wideCell-16, 2)
		top := c.y
		c.y += (cellHeight - aside.size*lineHeight) / 2
		c.paragraph(margin+wideCell+16, aside, lines)
		c.y = max(c.y, top+cellHeight) + cellGap
	}
	c.y += 14
}
