welcome from ${pageContext.request.requestURI}
