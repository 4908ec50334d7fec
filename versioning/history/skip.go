package history

import (
	"bytes"
	"fmt"
)

// value passes over the value that comes next and gives its bytes.
func (s *scanner) value() ([]byte, error) {
	c := s.peek()
	start := s.pos
	switch {
	case s.pos >= len(s.in):
		return nil, s.stops()
	case c == '{' || c == '[':
		if err := s.brackets(); err != nil {
			return nil, err
		}
	case c == '"':
		if err := s.quoted(); err != nil {
			return nil, err
		}
	default:
		n := bytes.IndexAny(s.in[s.pos:], ",]} \t\r\n")
		if n < 0 {
			return nil, s.stops()
		}
		if s.pos += n; n == 0 {
			return nil, s.broken("a value")
		}
	}
	return s.in[start:s.pos], nil
}

// brackets passes over an object or an array.
func (s *scanner) brackets() error {
	in, depth, encoding := s.in, 0, false
	for i := s.pos; i < len(in); i++ {
		switch in[i] {
		case '"':
			s.pos = i
			if err := s.quoted(); err != nil {
				return err
			}
			text := in[i+1 : s.pos-1]
			if encoding {
				s.readable = s.readable || bytes.IndexByte(text, '/') >= 0
			}
			encoding = len(text) >= 8 && string(text[:8]) == "encoding"
			s.readable = s.readable || encoding && string(text[8:]) == "Decoded"
			i = s.pos - 1
		case '{', '[':
			if depth++; depth > maxDepth {
				return &scanError{kind: KindTooDeep, at: i,
					what: fmt.Sprintf("the JSON is nested more than %d deep at byte %d", maxDepth, i)}
			}
		case '}', ']':
			if depth--; depth == 0 {
				s.pos = i + 1
				return nil
			}
		}
	}
	return s.stops()
}

// quoted passes over a string. A quote ends it unless an odd number of backslashes stands before.
func (s *scanner) quoted() error {
	for i := s.pos + 1; ; {
		n := bytes.IndexByte(s.in[i:], '"')
		if n < 0 {
			return s.stops()
		}
		end := i + n
		first := end
		for first > i && s.in[first-1] == '\\' {
			first--
		}
		if i = end + 1; (end-first)%2 == 0 {
			s.pos = i
			return nil
		}
	}
}
