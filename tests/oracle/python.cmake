# The oracles of the Python front end, for include() from the CMakeLists.txt of a folder that has
# assay_python. python_dump serves python_ast.py; python_oracle is added when ASSAY_TREE_SITTER names
# a node_modules folder with tree-sitter and tree-sitter-python (sources only, nothing installed
# from them is run).
add_executable(python_dump ${CMAKE_CURRENT_LIST_DIR}/python_dump.cpp
                           ${CMAKE_CURRENT_LIST_DIR}/python_tree.cpp)
target_include_directories(python_dump PRIVATE ${CMAKE_CURRENT_LIST_DIR})
target_link_libraries(python_dump PRIVATE assay_python)

if(ASSAY_TREE_SITTER AND EXISTS ${ASSAY_TREE_SITTER}/tree-sitter-python/src/parser.c)
  enable_language(C)
  set(tree_sitter_core ${ASSAY_TREE_SITTER}/tree-sitter/vendor/tree-sitter/lib)
  if(NOT TARGET tree_sitter_core)
    add_library(tree_sitter_core STATIC ${tree_sitter_core}/src/lib.c)
    target_include_directories(tree_sitter_core SYSTEM PUBLIC ${tree_sitter_core}/include
                                                PRIVATE ${tree_sitter_core}/src)
  endif()
  add_library(tree_sitter_python STATIC ${ASSAY_TREE_SITTER}/tree-sitter-python/src/parser.c
                                        ${ASSAY_TREE_SITTER}/tree-sitter-python/src/scanner.c)
  target_include_directories(tree_sitter_python SYSTEM PRIVATE ${ASSAY_TREE_SITTER}/tree-sitter-python/src)
  add_executable(python_oracle ${CMAKE_CURRENT_LIST_DIR}/python_oracle.cpp)
  target_link_libraries(python_oracle PRIVATE assay_python tree_sitter_core tree_sitter_python)
endif()
