/* Hands the grammars to tree-sitter's Python bindings, as capsules; nothing else. */

#include <Python.h>

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_nexa(void);
const TSLanguage *tree_sitter_nexa_secrets(void);

static PyObject *language(PyObject *self, PyObject *args) {
  (void)self;
  (void)args;
  return PyCapsule_New((void *)tree_sitter_nexa(), "tree_sitter.Language", NULL);
}

static PyObject *secrets_language(PyObject *self, PyObject *args) {
  (void)self;
  (void)args;
  return PyCapsule_New((void *)tree_sitter_nexa_secrets(), "tree_sitter.Language", NULL);
}

static PyMethodDef methods[] = {
  {"language", language, METH_NOARGS, "The grammar of .nx and .nxlib files."},
  {"secrets_language", secrets_language, METH_NOARGS, "The grammar of .nxs files."},
  {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
  .m_base = PyModuleDef_HEAD_INIT,
  .m_name = "_binding",
  .m_doc = NULL,
  .m_size = 0,
  .m_methods = methods,
};

PyMODINIT_FUNC PyInit__binding(void) { return PyModule_Create(&module); }
