; ▷ beside flows and tests; tasks.json says what it starts.
((flow_declaration name: (identifier) @run @flow) (#set! tag nexa-flow))
((test_declaration title: (string (string_content) @run @title)) (#set! tag nexa-test))
