<% response.sendRedirect("hello.jsp?name=redirected"); %>
