from frontispiece.program import site_tasks

namespace = site_tasks(__file__)
