<i>part ${param.name}</i>
