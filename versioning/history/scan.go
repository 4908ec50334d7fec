package history

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// maxDepth bounds the nesting of JSON. The deepest part of a real history is a failure with its causes, two levels each; the
// service cuts those chains long before this.
const maxDepth = 1000

// scanner walks JSON without decoding it. It finds where values begin and end by strings and brackets alone; what is between
// is for the decoder to judge, which sees the same bytes next.
type scanner struct {
	in  []byte
	pos int
	// readable is set by a value of "encoding" that has a slash, or by a key "encodingDecoded". It hints at the one kind of
	// payload for reading that strict decoding accepts: "json/plain" happens to be base64, of bytes that mean
	// nothing. A user's data cannot set it, as that is base64 or has its quotes escaped.
	readable bool
}

// scanError is where and why a scanner gave up.
type scanError struct {
	kind Kind
	at   int
	what string
}

func (e *scanError) Error() string { return e.what }

func (s *scanner) stops() error {
	return &scanError{kind: KindTruncated, at: len(s.in), what: fmt.Sprintf("the file stops at byte %d", len(s.in))}
}

func (s *scanner) broken(want string) error {
	if s.pos >= len(s.in) {
		return s.stops()
	}
	return &scanError{kind: KindMalformed, at: s.pos,
		what: fmt.Sprintf("the JSON is broken at byte %d: expected %s, got %s", s.pos, want, quote(s.in[s.pos:min(len(s.in), s.pos+64)]))}
}

// peek skips white space and gives the byte that follows, 0 at the end.
func (s *scanner) peek() byte {
	for ; s.pos < len(s.in); s.pos++ {
		switch s.in[s.pos] {
		case ' ', '\t', '\n', '\r':
		default:
			return s.in[s.pos]
		}
	}
	return 0
}

func (s *scanner) eat(c byte, want string) error {
	if s.peek() != c || s.pos >= len(s.in) {
		return s.broken(want)
	}
	s.pos++
	return nil
}

// object calls member for each key of the object that comes next, with the scanner at the value, which member must
// read or skip.
func (s *scanner) object(member func(key string) error) error {
	if err := s.eat('{', "an object"); err != nil {
		return err
	}
	if s.peek() == '}' {
		s.pos++
		return nil
	}
	for {
		if s.peek() != '"' {
			return s.broken("a name in quotes")
		}
		key, err := s.str()
		if err != nil {
			return err
		}
		if err := s.eat(':', `":"`); err != nil {
			return err
		}
		s.peek()
		if err := member(key); err != nil {
			return err
		}
		if s.peek() == '}' {
			s.pos++
			return nil
		}
		if err := s.eat(',', `"," or "}"`); err != nil {
			return err
		}
	}
}

// array calls element for each value of the array that comes next.
func (s *scanner) array(element func(i int) error) error {
	if err := s.eat('[', "an array"); err != nil {
		return err
	}
	if s.peek() == ']' {
		s.pos++
		return nil
	}
	for i := 0; ; i++ {
		s.peek()
		if err := element(i); err != nil {
			return err
		}
		if s.peek() == ']' {
			s.pos++
			return nil
		}
		if err := s.eat(',', `"," or "]"`); err != nil {
			return err
		}
	}
}

// str reads the string that comes next.
func (s *scanner) str() (string, error) {
	raw, err := s.value()
	if err != nil {
		return "", err
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), nil
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		s.pos -= len(raw)
		return "", s.broken("a string")
	}
	return text, nil
}

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
				return &scanError{kind: KindTooDeep, at: i, what: fmt.Sprintf("the JSON is nested more than %d deep at byte %d", maxDepth, i)}
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
