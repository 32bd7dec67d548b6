<%@ page isErrorPage="true" contentType="text/plain" %>error=page
page=${pageContext.errorData.statusCode} ${pageContext.errorData.requestURI}
