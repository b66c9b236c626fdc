# The oracle of the JavaScript front end: javascript_oracle compares its trees with tree-sitter's.
set(tree_sitter_core ${ASSAY_TREE_SITTER}/tree-sitter/vendor/tree-sitter/lib)
if(NOT TARGET tree_sitter_core)
  add_library(tree_sitter_core STATIC ${tree_sitter_core}/src/lib.c)
  target_include_directories(tree_sitter_core SYSTEM PUBLIC ${tree_sitter_core}/include
                                              PRIVATE ${tree_sitter_core}/src)
endif()
add_executable(javascript_oracle javascript_oracle.cpp javascript_assay.cpp
                                 javascript_tree_sitter.cpp javascript_decoder.cpp)
target_link_libraries(javascript_oracle PRIVATE assay_javascript tree_sitter_core)
foreach(grammar javascript/src typescript/typescript/src typescript/tsx/src)
  string(MAKE_C_IDENTIFIER tree_sitter_${grammar} name)
  set(folder ${ASSAY_TREE_SITTER}/tree-sitter-${grammar})
  add_library(${name} STATIC ${folder}/parser.c ${folder}/scanner.c)
  target_include_directories(${name} SYSTEM PRIVATE ${folder})
  target_link_libraries(javascript_oracle PRIVATE ${name})
endforeach()
