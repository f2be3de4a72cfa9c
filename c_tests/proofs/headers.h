/* All headers that are proved, and Python.h before them. */
#include <Python.h>
#include <structmember.h>
#include <datetime.h>
#include <frameobject.h>
#include <marshal.h>
#include <osdefs.h>
#include <errcode.h>

/* The one internal header there is, included as Cython's code does. */
#ifndef Py_LIMITED_API
#  define Py_BUILD_CORE 1
#  include "internal/pycore_frame.h"
#endif

/* pyexpat.h wants expat.h before it; any types of these names do. */
#ifndef Py_LIMITED_API
typedef struct XML_ParserStruct *XML_Parser;
typedef struct XML_Memory_Handling_Suite XML_Memory_Handling_Suite;
typedef struct XML_Encoding XML_Encoding;
typedef char XML_Char, XML_LChar;
typedef unsigned char XML_Bool;
typedef unsigned long XML_Size;
enum XML_Error { XML_ERROR_NONE };
enum XML_Status { XML_STATUS_ERROR };
typedef void (*XML_CharacterDataHandler)(void);
typedef void (*XML_CommentHandler)(void);
typedef void (*XML_DefaultHandler)(void);
typedef void (*XML_StartElementHandler)(void);
typedef void (*XML_EndElementHandler)(void);
typedef void (*XML_StartNamespaceDeclHandler)(void);
typedef void (*XML_EndNamespaceDeclHandler)(void);
typedef void (*XML_ProcessingInstructionHandler)(void);
typedef void (*XML_UnknownEncodingHandler)(void);
typedef void (*XML_StartDoctypeDeclHandler)(void);
#include <pyexpat.h>
#endif
