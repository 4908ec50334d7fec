package markdown

import "bytes"

// A fold is a block that opens on a click, with blocks in it. It is there if one of them is.
type fold struct{ summary string } // HTML

const foldEnd = "\n\n</details>\n\n"

func (f *fold) start() string { return "<details><summary>" + f.summary + "</summary>\n\n" }

// size is what the fold takes beside its blocks.
func (f *fold) size() int { return len(f.start()) + len(foldEnd) }

// within adds what the function adds to a fold.
func (b *writer) within(summary string, adds func()) {
	b.in = append(b.in, &fold{summary})
	adds()
	b.in = b.in[:len(b.in)-1]
}

// document is the blocks with the folds around them.
func (b *writer) document(blocks []block) string {
	var text []byte
	var open []*fold
	end := func(to int) {
		for len(open) > to {
			text = append(bytes.TrimRight(text, "\n"), foldEnd...)
			open = open[:len(open)-1]
		}
	}
	for _, block := range blocks {
		same := 0
		for same < len(open) && same < len(block.in) && open[same] == block.in[same] {
			same++
		}
		end(same)
		for _, f := range block.in[same:] {
			text = append(text, f.start()...)
			open = append(open, f)
		}
		text = append(text, block.text...)
	}
	end(0)
	return string(text)
}
