<%@ page import="java.util.*" %><%@ taglib prefix="old" uri="http://example.com/old" %><old:year/> <%= new Vector(Arrays.asList(new Object[] {"a"})) %> ${1 + 1}
