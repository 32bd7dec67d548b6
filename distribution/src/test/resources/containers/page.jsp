<%@ page contentType="text/plain" %>page: ${1 + 1}
