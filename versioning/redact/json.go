package redact

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

type jsonRewriter struct {
	walker *walker
	in     *json.Decoder
	out    bytes.Buffer
}

// token is called on a text that json.Valid has accepted.
func (r *jsonRewriter) token() json.Token {
	token, _ := r.in.Token()
	return token
}

func (r *jsonRewriter) value(token json.Token) {
	switch v := token.(type) {
	case json.Delim:
		r.nested(v)
	case json.Number:
		r.out.WriteString(r.number(v.String()))
	case string:
		r.text(r.walker.string(v))
	case bool:
		fmt.Fprint(&r.out, v)
	default:
		r.out.WriteString("null")
	}
}

func (r *jsonRewriter) nested(open json.Delim) {
	r.out.WriteString(open.String())
	for i := 0; r.in.More(); i++ {
		if i > 0 {
			r.out.WriteByte(',')
		}
		if open == '[' {
			r.walker.in(fmt.Sprintf("[%d]", i), func() { r.value(r.token()) })
			continue
		}
		key, _ := r.token().(string)
		step := "." + key
		if isData(key) {
			step = ".*" // a report must not show it
			r.walker.in(step, func() { key = r.walker.leaf(text, key) })
		} else {
			r.walker.leaf(name, key)
		}
		r.text(key)
		r.out.WriteByte(':')
		r.walker.in(step, func() { r.value(r.token()) })
	}
	r.token()
	r.out.WriteString(map[json.Delim]string{'[': "]", '{': "}"}[open])
}

// number leaves zero: it is what Go writes where there is nothing.
func (r *jsonRewriter) number(n string) string {
	if strings.Trim(n, "-0.") == "" {
		return n
	}
	return r.walker.leaf(number, n)
}

func (r *jsonRewriter) text(s string) {
	encoder := json.NewEncoder(&r.out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(s)           // a string is always written
	r.out.Truncate(r.out.Len() - 1) // the line feed
}

// string rewrites a string that may hold JSON itself.
func (w *walker) string(s string) string {
	if s == "" {
		return s
	}
	if trimmed := strings.TrimSpace(s); (trimmed[:min(1, len(trimmed))] == "{" ||
		trimmed[:min(1, len(trimmed))] == "[") && json.Valid([]byte(s)) {
		return string(w.json([]byte(s)))
	}
	if sdkSummaries[s] && strings.HasSuffix(w.at.path, ".userMetadata.summary") {
		w.leaf(name, s)
		return s
	}
	return w.leaf(text, s)
}
