# comment
{'variables': {'v%': 'a <(w)', 'w': u'b'}, 'includes': ['common.gypi'],
 'targets': [{'target_name': 'x', 'sources': ['a.cc', '<!@(node -p "1")'],
  'conditions': [['OS=="win"', {'libraries': ['$(shell x)', '`y`']}], ['z.__class__', {}]],
  'actions': [{'action_name': 'n', 'action': ['sh', '-c', "it's"]}],
  'dependencies': ['d/e.gyp:f'], 'x': '<!pymod_do_main(m <(v))' '>!(n)', "y": r'\n' + 'q',}]}
