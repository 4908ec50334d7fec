package scaffold

import (
	"fmt"
	"strings"
	"unicode"
)

// nameFamilies gives each workflow the name of its family, which is made of its
// first type: OrderWorkflow is order, billing.v2.Charge is billing-v2-charge.
func (p *Package) nameFamilies() {
	taken := map[string]bool{}
	for i := range p.Workflows {
		w := &p.Workflows[i]
		name := familyName(w.Types[0])
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d", familyName(w.Types[0]), n)
		}
		taken[name] = true
		w.Family = name
	}
}

// familyName makes lower-case words joined by hyphens, as versioning.Family wants
// them.
func familyName(workflowType string) string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
		}
		word = nil
	}
	runes := []rune(workflowType)
	for i, r := range runes {
		switch {
		case r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end()
			continue
		case unicode.IsUpper(r):
			// HTTPOrder is http-order.
			after := i > 0 && !unicode.IsUpper(runes[i-1])
			before := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if after || before {
				end()
			}
		}
		word = append(word, r)
	}
	end()
	if n := len(words); n > 1 && words[n-1] == "workflow" {
		words = words[:n-1]
	}
	if len(words) == 0 {
		return "workflow"
	}
	return strings.Join(words, "-")
}
