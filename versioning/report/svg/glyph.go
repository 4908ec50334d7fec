package svg

import (
	"fmt"
	"math"
	"strconv"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

// glyphs are drawn, because not every machine has a font with them: each is a path in a square of 16.
var glyphs = map[finding.Answer]string{
	finding.Breaks:    "M4 4l8 8M12 4l-8 8",
	finding.Changes:   "M3 6h10M3 10h10M10.5 3l-5 10",
	finding.Otherwise: "M3 6h10M3 10h10M10.5 3l-5 10",
	finding.Doubted:   "M8 3v6M8 12.6v.2",
	finding.Unknown:   "M5.3 5.8a2.7 2.7 0 1 1 4 2.4C8.4 8.7 8 9.1 8 10M8 12.8v.2",
	finding.Unbegun:   "M4 8h8",
	finding.Pinned:    "M4 8h8",
	finding.Safe:      "M3.5 8.5l3 3 6-7",
	finding.NotAsked:  "M4 8h8",
}

// glyph draws that of the answer in a square of the size, whose upper left corner is given.
func (c *canvas) glyph(a finding.Answer, x, y, size float64, color palette.Color) {
	fmt.Fprintf(&c.layers[signs], `<path d="%s" transform="translate(%s %s) scale(%s)" %s/>`+"\n",
		glyphs[a], number(x), number(y), strconv.FormatFloat(math.Round(size/16*100)/100, 'f', -1, 64), c.stroke(color))
}
